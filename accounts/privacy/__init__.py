"""What is kept of a person: handed out, and erased (docs/privacy.md).

Every model says by `PERSONAL_DATA` which of its rows are about whom, and what becomes of them.
What stands here walks those declarations over all apps, so that it imports none of them.
"""
