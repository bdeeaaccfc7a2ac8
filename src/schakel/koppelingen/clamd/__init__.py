# SPDX-License-Identifier: EUPL-1.2
"""The virus scanner ClamAV, over its own small protocol."""
