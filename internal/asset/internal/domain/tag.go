package domain

import (
	"fmt"
	"regexp"
	"strings"
	"unicode"
)

var (
	tagPattern    = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9._/-]{0,39}$`)
	prefixPattern = regexp.MustCompile(`^[A-Z][A-Z0-9]{0,5}$`)
)

// IsTag tells whether the text can stand on a label.
func IsTag(tag string) bool { return tagPattern.MatchString(tag) }

// Tag is the number'th tag of a prefix: LT-0042.
func Tag(prefix string, number int) string { return fmt.Sprintf("%s-%04d", prefix, number) }

// PrefixFor proposes a prefix for a category's name that is not taken: two letters of its words, then more.
func PrefixFor(name string, taken func(prefix string) bool) string {
	var letters []rune
	words := strings.FieldsFunc(strings.ToUpper(name), func(r rune) bool { return !unicode.IsLetter(r) })
	for _, word := range words {
		if first := rune(word[0]); first < unicode.MaxASCII {
			letters = append(letters, first)
		}
	}
	for _, word := range words {
		for i, r := range word {
			if i > 0 && r < unicode.MaxASCII {
				letters = append(letters, r)
			}
		}
	}
	for length := 2; length <= min(4, len(letters)); length++ {
		if prefix := string(letters[:length]); !taken(prefix) {
			return prefix
		}
	}
	for n := 1; ; n++ {
		if prefix := fmt.Sprintf("A%d", n); !taken(prefix) {
			return prefix
		}
	}
}
