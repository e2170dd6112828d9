DROP TABLE obligation_steps;
DROP TABLE obligations;
DROP TABLE obligation_villages;
DROP TABLE catalogues;
