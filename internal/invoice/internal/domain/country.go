package domain

import (
	"cmp"

	"golang.org/x/text/language"
	"golang.org/x/text/language/display"
)

// CountryName is a country as people call it in a language of documents; the code where
// there is no name for it.
func CountryName(code, of string) string {
	region, err := language.ParseRegion(code)
	if err != nil {
		return code
	}
	names := display.English.Regions()
	if of == "de" {
		names = display.German.Regions()
	}
	return cmp.Or(names.Name(region), code)
}
