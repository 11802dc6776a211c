#!/usr/bin/env bash
# Opens a pull request from $BRANCH with the changes in docs/papers. Its title is $TITLE, its text is
# in the file $BODY. Messages go to the job's summary too.
set -euo pipefail

say() { echo "$1" | tee -a "$GITHUB_STEP_SUMMARY"; }

if [ -z "$(git status --porcelain -- docs/papers)" ]; then
  say "No page is new or changed, so there is nothing to propose."
  exit 0
fi
gh auth setup-git
if git ls-remote --exit-code --heads origin "$BRANCH" >/dev/null; then
  say "The branch $BRANCH exists already and may hold people's edits, so it was left alone. Delete it to try again."
  exit 0
fi
base=$(git branch --show-current)
git config user.name "github-actions[bot]"
git config user.email "41898282+github-actions[bot]@users.noreply.github.com"
git switch --quiet --create "$BRANCH"
git add -- docs/papers
git commit --quiet --message "$TITLE"
git push --quiet origin "$BRANCH"
# In an assignment of its own: inside say "$(…)" a failure of gh would go unnoticed.
if ! address=$(gh pr create --base "$base" --head "$BRANCH" --title "$TITLE" --body-file "$BODY"); then
  git push --quiet origin --delete "$BRANCH"
  say "GitHub opened no pull request, so the branch $BRANCH was removed again. May workflows open pull requests? See Settings, Actions, General. Then run this workflow again."
  exit 1
fi
say "$address"
