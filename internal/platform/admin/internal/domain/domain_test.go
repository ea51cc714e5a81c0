package domain

import (
	"bytes"
	"image"
	"image/png"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"erp/internal/platform/admin"
	"erp/internal/platform/fault"
)

func company() Company {
	return Company{Name: "Northwind", Country: "DE", Currency: "EUR", Language: "en", TimeZone: "Europe/Berlin"}
}

func TestCompanyTellsEverythingThatIsWrongAtOnce(t *testing.T) {
	t.Parallel()
	c := company()
	var p fault.Problems
	c.Check(&p, "body")
	require.NoError(t, p.Err())

	c = Company{Country: "Germany", Currency: "XXX", Language: "fr", TimeZone: "Mars/Base", Email: "x", IBAN: "DE00", BIC: "1"}
	c.Check(&p, "body")
	var locations []string
	for _, f := range p.Fields() {
		locations = append(locations, f.Location)
	}
	require.Equal(t, []string{"body.name", "body.country", "body.currency", "body.language", "body.timeZone", "body.email", "body.iban", "body.bic"}, locations)
}

func TestIBAN(t *testing.T) {
	t.Parallel()
	c := company()
	c.IBAN = "de89 3704 0044 0532 0130 00"
	c.Tidy()
	require.Equal(t, "DE89370400440532013000", c.IBAN)
	require.True(t, validIBAN(c.IBAN))
	require.False(t, validIBAN("DE89370400440532013001"), "one digit is wrong")
	require.False(t, validIBAN("DE8937040044053201300Ü"))
}

func TestEmail(t *testing.T) {
	t.Parallel()
	for email, valid := range map[string]bool{
		"mila@example.com": true, "m.berg+erp@sub.example.co": true, "mila": false, "mila@host": false,
		"Mila <mila@example.com>": false, "": false, "a@b.": false,
	} {
		require.Equal(t, valid, ValidEmail(email), email)
	}
}

func TestLogo(t *testing.T) {
	t.Parallel()
	picture := func(w, h int) []byte {
		var b bytes.Buffer
		require.NoError(t, png.Encode(&b, image.NewGray(image.Rect(0, 0, w, h))))
		return b.Bytes()
	}
	kind, err := LogoType(picture(40, 20))
	require.NoError(t, err)
	require.Equal(t, "image/png", kind)
	for name, bad := range map[string][]byte{
		"a page that calls itself a picture": []byte("<svg onload=alert(1)>"),
		"nothing":                            {},
		"a cut-off picture":                  picture(40, 20)[:60],
		"a picture of too many pixels":       picture(4001, 10),
		"a picture that is too large":        append(picture(40, 20), make([]byte, MaxLogoBytes)...),
	} {
		_, err := LogoType(bad)
		require.Equal(t, fault.Invalid, fault.KindOf(err), name)
	}
}

func TestRoleCode(t *testing.T) {
	t.Parallel()
	for name, code := range map[string]string{"Leiter Einkauf!": "leiter-einkauf", "  Büro 2 ": "buro-2", "2nd shift": "nd-shift"} {
		role, err := NewRole(name, "", time.Time{})
		require.NoError(t, err)
		require.Equal(t, code, role.Code)
	}
	_, err := NewRole("!!", "", time.Time{})
	require.Error(t, err)
}

func TestRevokeGivesBackOnlyWhatItTook(t *testing.T) {
	t.Parallel()
	u := NewUser("Mila", "mila@example.com", time.Time{})
	require.True(t, u.Revoke())
	require.False(t, u.Revoke())
	require.True(t, u.Restore())
	require.True(t, u.CanSignIn())

	u.SetStatus(admin.StatusDisabled)
	require.False(t, u.Revoke())
	require.False(t, u.Restore(), "an administrator closed it, so leaving and staying changes nothing")
	require.False(t, u.CanSignIn())
}

func TestSampleCompany(t *testing.T) {
	t.Parallel()
	for _, country := range []string{"AT", "BE", "CH", "DE", "ES", "FR", "GB", "IE", "IT", "NL", "PL", "US", "JP"} {
		c := Company{Name: "Acme", Country: country, Currency: "EUR", Language: "en", TimeZone: "UTC", TaxID: "mine"}
		require.True(t, c.FillSample(), country)
		var p fault.Problems
		c.Check(&p, "body")
		require.NoError(t, p.Err(), country)
		require.NotEmpty(t, c.City, country)
		require.Equal(t, country, c.VATID[:2], "an e-invoice needs the country in front")
		require.Equal(t, "mine", c.TaxID, "what was said stays")
		require.False(t, c.FillSample(), "a second time nothing happens")
	}
	own := Company{Name: "Acme", Country: "DE", City: "Kiel"}
	require.False(t, own.FillSample(), "a company with an address of its own is left alone")
	require.Empty(t, own.IBAN)
}
