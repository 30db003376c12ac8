"""`python -m kg`: the command line without an installed script."""

import sys

from kg.cli import main

sys.exit(main())
