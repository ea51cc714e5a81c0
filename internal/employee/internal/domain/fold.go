package domain

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// letters that a decomposition leaves alone, as people without the key write them.
var plain = strings.NewReplacer("ß", "ss", "ø", "o", "đ", "d", "ł", "l", "æ", "ae", "œ", "oe", "ı", "i", "þ", "th", "ð", "d")

// Fold writes text as a search compares it: lower case, without accents, single spaces. "Öztürk" and "ozturk" are one.
func Fold(text string) string {
	var folded strings.Builder
	for _, r := range norm.NFKD.String(strings.ToLower(text)) {
		if !unicode.Is(unicode.Mn, r) {
			folded.WriteRune(r)
		}
	}
	return strings.Join(strings.Fields(plain.Replace(folded.String())), " ")
}
