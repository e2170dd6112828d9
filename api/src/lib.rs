pub mod disclosures;
