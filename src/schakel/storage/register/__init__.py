# SPDX-License-Identifier: EUPL-1.2
"""Register: descriptions of resources compiled to SQL that returns ready JSON, and the writes."""
