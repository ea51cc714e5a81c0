package domain

// FillSample gives a company that says nothing yet of where it is and how it is paid what
// documents need: an address, ids and an account in its own country. None of it belongs to
// anybody. It reports whether it did; a company that says anything of its own is left alone.
func (c *Company) FillSample() bool {
	if c.Line1+c.Line2+c.PostalCode+c.City+c.VATID+c.IBAN != "" {
		return false
	}
	s, known := sampleSeats()[c.Country]
	if !known {
		s = seat{street: "1 Sample Street", city: "Sample City", phone: "+1 555 0100"}
	}
	c.Line1, c.PostalCode, c.City, c.IBAN, c.BIC, c.BankName = s.street, s.postalCode, s.city, s.iban, s.bic, s.bank
	if c.VATID = s.vatID; !known {
		c.VATID = c.Country + "123456789"
	}
	for at, text := range map[*string]string{&c.TaxID: s.taxID, &c.Phone: s.phone, &c.Email: "billing@sample.example", &c.Website: "www.sample.example"} {
		if *at == "" {
			*at = text
		}
	}
	return true
}

// seat is where a sample company sits, with the account numbers that banks print in examples.
type seat struct{ street, postalCode, city, phone, taxID, vatID, iban, bic, bank string }

func sampleSeats() map[string]seat {
	return map[string]seat{
		"AT": {"Praterstraße 12", "1020", "Wien", "+43 1 5550100", "12 345/6789", "ATU13585627", "AT611904300234573201", "BKAUATWWXXX", "Musterbank Wien"},
		"BE": {"Rue de la Loi 12", "1040", "Bruxelles", "+32 2 555 01 00", "", "BE0411905847", "BE68539007547034", "GKCCBEBBXXX", "Banque d'exemple"},
		"CH": {"Limmatquai 12", "8001", "Zürich", "+41 44 555 01 00", "", "CHE123456788MWST", "CH9300762011623852957", "UBSWCHZH80A", "Musterbank Zürich"},
		"DE": {"Hafenstraße 12", "20457", "Hamburg", "+49 40 5550100", "27/123/45678", "DE136695976", "DE89370400440532013000", "COBADEFFXXX", "Musterbank Hamburg"},
		"ES": {"Calle de Alcalá 12", "28014", "Madrid", "+34 91 555 01 00", "", "ESB58378431", "ES9121000418450200051332", "CAIXESBBXXX", "Banco de ejemplo"},
		"FR": {"12 rue de la République", "69002", "Lyon", "+33 4 55 50 01 00", "", "FR40303265045", "FR1420041010050500013M02606", "PSSTFRPPXXX", "Banque d'exemple"},
		"GB": {"12 Harbour Road", "BS1 5TY", "Bristol", "+44 117 496 0100", "", "GB980780684", "GB29NWBK60161331926819", "NWBKGB2LXXX", "Sample Bank"},
		"IE": {"12 Quay Street", "D02 X285", "Dublin", "+353 1 555 0100", "", "IE6433435F", "IE29AIBK93115212345678", "AIBKIE2DXXX", "Sample Bank"},
		"IT": {"Via Dante 12", "20121", "Milano", "+39 02 5550100", "", "IT00743110157", "IT60X0542811101000000123456", "BPPIITRRXXX", "Banca d'esempio"},
		"NL": {"Herengracht 12", "1015 BK", "Amsterdam", "+31 20 555 0100", "", "NL004495445B01", "NL91ABNA0417164300", "ABNANL2AXXX", "Voorbeeldbank"},
		"PL": {"ul. Długa 12", "00-238", "Warszawa", "+48 22 555 01 00", "", "PL8567346215", "PL61109010140000071219812874", "WBKPPLPPXXX", "Bank przykładowy"},
		"US": {"12 Harbor Street", "02110", "Boston, MA", "+1 617 555 0100", "12-3456789", "US123456789", "", "", ""},
	}
}
