"""Reads the data files that ship with a package."""

from __future__ import annotations

import os
import sys
from importlib import import_module
from importlib.abc import ResourceLoader
from typing import cast

PACKAGE = "wmp_postlint"
