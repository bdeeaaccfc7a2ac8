# SPDX-License-Identifier: EUPL-1.2
"""The pages on which a medewerker finds klanten who are here twice, joins them, and takes them apart."""
