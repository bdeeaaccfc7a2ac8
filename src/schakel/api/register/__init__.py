# SPDX-License-Identifier: EUPL-1.2
"""Register: how any API of described resources is spoken over HTTP."""
