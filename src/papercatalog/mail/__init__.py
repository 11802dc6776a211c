"""The newsletter: new papers of a period as a mail, and its delivery by SMTP.

`newsletter` selects and describes the papers of a `period`, `message` makes a MIME message of them.
`addresses` and `settings` read who gets it and by which server. `delivery` sends one message to
each address by `smtp`, and `journal` remembers on disk who got it.
"""
