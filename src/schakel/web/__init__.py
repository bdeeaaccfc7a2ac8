# SPDX-License-Identifier: EUPL-1.2
"""Three faces on one house: medewerker, klant and beheer."""
