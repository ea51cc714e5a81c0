DROP TABLE letter_invoice, letter, mail;
