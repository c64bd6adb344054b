"""``python -m nkauto``."""

from nkauto.cli import main

main()
