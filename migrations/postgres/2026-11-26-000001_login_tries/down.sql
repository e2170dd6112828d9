DROP TABLE login_tries;
