# SPDX-License-Identifier: EUPL-1.2
"""The face for the klant, against the real house: pages without JavaScript, hostile input, and a real Chromium."""
