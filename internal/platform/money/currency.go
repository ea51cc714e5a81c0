package money

import "sort"

// Currency is an ISO 4217 code.
type Currency string

// digits lists the codes in use and their minor units (ISO 4217).
var digits = map[Currency]int{ //nolint:gochecknoglobals // because it is a constant table
	"AED": 2, "ALL": 2, "AMD": 2, "ARS": 2, "AUD": 2, "AZN": 2, "BAM": 2, "BDT": 2, "BGN": 2, "BHD": 3, "BIF": 0,
	"BOB": 2, "BRL": 2, "BWP": 2, "BYN": 2, "CAD": 2, "CHF": 2, "CLP": 0, "CNY": 2, "COP": 2, "CRC": 2, "CZK": 2,
	"DJF": 0, "DKK": 2, "DOP": 2, "DZD": 2, "EGP": 2, "ETB": 2, "EUR": 2, "FJD": 2, "GBP": 2, "GEL": 2, "GHS": 2,
	"GNF": 0, "GTQ": 2, "HKD": 2, "HNL": 2, "HUF": 2, "IDR": 2, "ILS": 2, "INR": 2, "IQD": 3, "ISK": 0, "JMD": 2,
	"JOD": 3, "JPY": 0, "KES": 2, "KMF": 0, "KRW": 0, "KWD": 3, "KZT": 2, "LBP": 2, "LKR": 2, "LYD": 3, "MAD": 2,
	"MDL": 2, "MKD": 2, "MUR": 2, "MXN": 2, "MYR": 2, "NAD": 2, "NGN": 2, "NIO": 2, "NOK": 2, "NPR": 2, "NZD": 2,
	"OMR": 3, "PAB": 2, "PEN": 2, "PHP": 2, "PKR": 2, "PLN": 2, "PYG": 0, "QAR": 2, "RON": 2, "RSD": 2, "RUB": 2,
	"RWF": 0, "SAR": 2, "SEK": 2, "SGD": 2, "THB": 2, "TND": 3, "TRY": 2, "TTD": 2, "TWD": 2, "TZS": 2, "UAH": 2,
	"UGX": 0, "USD": 2, "UYU": 2, "UZS": 2, "VND": 0, "VUV": 0, "XAF": 0, "XOF": 0, "XPF": 0, "ZAR": 2, "ZMW": 2,
}

// Valid reports whether the code is one the program knows.
func (c Currency) Valid() bool {
	_, ok := digits[c]
	return ok
}

// Digits is the number of decimals of the currency's minor unit; 2 for an unknown code.
func (c Currency) Digits() int {
	if n, ok := digits[c]; ok {
		return n
	}
	return 2
}

// Currencies lists the known codes in alphabetical order.
func Currencies() []Currency {
	out := make([]Currency, 0, len(digits))
	for c := range digits {
		out = append(out, c)
	}
	sort.Slice(out, func(i, j int) bool { return out[i] < out[j] })
	return out
}
