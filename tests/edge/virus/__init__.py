# SPDX-License-Identifier: EUPL-1.2
"""Files with something bad in them, over every kanaal, looked at by a real ClamAV."""
