package domain

import (
	"strings"

	"erp/internal/platform/money"
)

// PaymentCode is the text of a credit transfer in euros as banking apps read it from a QR
// code (EPC069-12, version 2).
func PaymentCode(name, iban, bic string, amount money.Decimal, reference string) string {
	compact := func(s string) string { return strings.ToUpper(strings.ReplaceAll(s, " ", "")) }
	return strings.Join([]string{
		"BCD", "002", "1", "SCT", compact(bic), firstRunes(name, 70), compact(iban), "EUR" + amount.Round(2).String(), "", "",
		firstRunes(reference, 140),
	}, "\n")
}

func firstRunes(s string, n int) string {
	runes := []rune(strings.Join(strings.Fields(s), " "))
	return string(runes[:min(n, len(runes))])
}
