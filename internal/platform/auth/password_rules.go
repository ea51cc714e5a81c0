package auth

import (
	_ "embed"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// The bounds of a password's length, in characters.
const (
	MinPasswordLength = 12
	MaxPasswordLength = 256
)

//go:embed common_passwords.txt
var commonPasswords string

// WrongPassword says why a password must not be used, or "" when it may. There are no rules about kinds of characters:
// length and not being on everybody's list is what counts. about are words that a guesser would try first, such as the
// person's name, address and company.
func WrongPassword(password string, about ...string) string {
	if wrong := WrongLength(password); wrong != "" {
		return wrong
	}
	password = norm.NFKC.String(password)
	plain := plainLetters(password)
	if isSequence(password) {
		return "is a simple sequence or repetition, which is guessed first"
	}
	for common := range strings.Lines(commonPasswords) {
		common = strings.TrimSpace(common)
		if common != "" && (plain == common || onlyRepeats(plain, common)) {
			return "is one of the most common passwords, which are guessed first"
		}
	}
	for _, word := range about {
		word = plainLetters(word)
		if utf8.RuneCountInString(word) >= 4 && plain == word {
			return "must not be your name, your address or the company's name"
		}
	}
	return ""
}

// WrongLength says why a password cannot be used at all, however unusual it is.
func WrongLength(password string) string {
	switch length := utf8.RuneCountInString(norm.NFKC.String(password)); {
	case strings.ContainsRune(password, 0):
		return "must not contain a NUL character"
	case length < MinPasswordLength:
		return "must have at least 12 characters; a few random words are easy to remember"
	case length > MaxPasswordLength:
		return "must have at most 256 characters"
	default:
		return ""
	}
}

// plainLetters is what remains of a password when its decorations are taken away: case, the usual digits for letters,
// and what stands around it. "P@ssw0rd2026!!" is "password"; a phrase of several words stays one.
func plainLetters(s string) string {
	s = strings.TrimRight(strings.ToLower(norm.NFKC.String(s)), "0123456789!?.#$*-_+@ ")
	s = strings.NewReplacer("0", "o", "1", "l", "3", "e", "4", "a", "5", "s", "7", "t", "@", "a", "$", "s", "!", "i").Replace(s)
	return strings.TrimLeft(s, "!?.#*-_+ ")
}

func onlyRepeats(s, unit string) bool {
	return len(s) > len(unit) && strings.Trim(strings.ReplaceAll(s, unit, ""), " ") == ""
}

// isSequence finds "aaaaaaaaaaaa", "abababababab", "123456789012" and "abcdefghijkl".
func isSequence(s string) bool {
	runes := []rune(strings.ToLower(s))
	for unit := 1; unit <= 3; unit++ {
		if repeats(runes, unit) {
			return true
		}
	}
	steps := 0
	for i := 1; i < len(runes); i++ {
		step := runes[i] - runes[i-1]
		if step == 1 || step == -1 || step == 0 || (runes[i] == '0' && runes[i-1] == '9') {
			steps++
		}
	}
	return steps >= len(runes)-2
}

func repeats(runes []rune, unit int) bool {
	for i := unit; i < len(runes); i++ {
		if runes[i] != runes[i-unit] {
			return false
		}
	}
	return true
}
