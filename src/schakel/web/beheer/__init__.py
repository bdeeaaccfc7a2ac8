# SPDX-License-Identifier: EUPL-1.2
"""The face for the beheerder: processen, kanalen, normen, settings."""
