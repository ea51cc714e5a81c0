package database

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// Fold writes text as a search compares it: lower case and without accents, so that
// "Müller" and "muller" are one. What is looked for is folded as what is kept was.
func Fold(text string) string {
	var folded strings.Builder
	for _, r := range norm.NFKD.String(strings.ToLower(text)) {
		if !unicode.Is(unicode.Mn, r) {
			folded.WriteRune(r)
		}
	}
	return plainLetters.Replace(folded.String())
}

// plainLetters are those that a decomposition leaves alone, as people without the key write them.
var plainLetters = strings.NewReplacer( //nolint:gochecknoglobals // because it is a constant table
	"ß", "ss", "ø", "o", "đ", "d", "ł", "l", "æ", "ae", "œ", "oe", "ı", "i", "þ", "th", "ð", "d")
