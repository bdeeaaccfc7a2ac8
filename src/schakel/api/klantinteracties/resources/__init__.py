# SPDX-License-Identifier: EUPL-1.2
"""Resources: every resource of Klantinteracties, described once."""
