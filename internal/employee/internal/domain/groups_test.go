package domain

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"erp/internal/platform/date"
	"erp/internal/platform/fault"
)

func TestBankAccount(t *testing.T) {
	t.Parallel()
	for iban, fine := range map[string]bool{
		"DE89370400440532013000":          true,
		"de89 3704 0044 0532 0130 00":     true,
		"GB82WEST12345698765432":          true,
		"NO9386011117947":                 true,
		"MT84MALT011000012345MTLCAST001S": true,
		"DE89370400440532013001":          false, // check digits
		"DE8937040044053201300":           false, // a digit short
		"DE8937040044053201300 0 0":       false, // a digit long
		"DEA9370400440532013000":          false,
		"8937040044053201300000":          false,
		"DE89":                            false,
		strings.Repeat("9", 34):           false,
		"ÄÖ89370400440532013000":          false,
	} {
		account := BankAccount{Holder: "Ada", IBAN: iban}
		account.Tidy()
		var p fault.Problems
		account.Check(&p, "body")
		assert.Equal(t, fine, p.Err() == nil, iban)
		for _, field := range p.Fields() {
			assert.NotContains(t, field.Message, "8937", "no number is repeated")
		}
	}
	var p fault.Problems
	BankAccount{}.Check(&p, "body")
	require.NoError(t, p.Err(), "nobody needs an account")
	BankAccount{BIC: "COBADE", IBAN: ""}.Check(&p, "body")
	require.Len(t, p.Fields(), 3)
}

func TestIdentity(t *testing.T) {
	t.Parallel()
	today := date.MustParse("2026-11-25")
	for name, test := range map[string]struct {
		is    Identity
		wrong string
	}{
		"nothing":               {Identity{}, ""},
		"a passport":            {Identity{BirthDate: date.MustParse("1990-02-28"), Nationality: "DE", Document: Passport, DocumentNumber: "C01X00T47", DocumentExpiresOn: date.MustParse("2030-01-01")}, ""},
		"an expired passport":   {Identity{Document: Passport, DocumentNumber: "C01X00T47", DocumentExpiresOn: date.MustParse("2020-01-01")}, ""},
		"born tomorrow":         {Identity{BirthDate: date.MustParse("2026-11-26")}, "body.birthDate"},
		"born long ago":         {Identity{BirthDate: date.MustParse("1899-12-31")}, "body.birthDate"},
		"no country":            {Identity{Nationality: "GERMANY"}, "body.nationality"},
		"a number of nothing":   {Identity{DocumentNumber: "1"}, "body.document"},
		"a document in name":    {Identity{Document: Passport}, "body.documentNumber"},
		"a library card":        {Identity{Document: "library-card", DocumentNumber: "1"}, "body.document"},
		"expires in a lifetime": {Identity{Document: Passport, DocumentNumber: "1", DocumentExpiresOn: date.MustParse("2126-01-01")}, "body.documentExpiresOn"},
	} {
		var p fault.Problems
		test.is.Check(&p, "body", today)
		if test.wrong == "" {
			require.NoError(t, p.Err(), name)
			continue
		}
		require.Len(t, p.Fields(), 1, name)
		assert.Equal(t, test.wrong, p.Fields()[0].Location, name)
	}
}
