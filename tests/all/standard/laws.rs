//! Laws of standardised rates and scores.
