package domain

import (
	"regexp"
	"strings"

	"erp/internal/platform/fault"
)

// BankAccount is where pay goes to. It is guarded as employee.bank, apart from the manager line.
type BankAccount struct {
	Holder string `json:"holder,omitempty" maxLength:"200" doc:"Whose account it is"`
	IBAN   string `json:"iban,omitempty" maxLength:"50"`
	BIC    string `json:"bic,omitempty" maxLength:"20"`
}

var bicCode = regexp.MustCompile(`^[A-Z]{6}[A-Z0-9]{2}([A-Z0-9]{3})?$`)

// Tidy removes outer spaces, and all of them from codes.
func (b *BankAccount) Tidy() {
	b.Holder = strings.TrimSpace(b.Holder)
	for _, code := range []*string{&b.IBAN, &b.BIC} {
		*code = strings.ToUpper(strings.Join(strings.Fields(*code), ""))
	}
}

// Check notes what no account may be; none at all is fine. Messages do not repeat numbers.
func (b BankAccount) Check(p *fault.Problems, at string) {
	if b == (BankAccount{}) {
		return
	}
	if b.Holder == "" {
		p.Add(at+".holder", "say whose account it is")
	}
	switch {
	case b.IBAN == "":
		p.Add(at+".iban", "is needed")
	case !validIBAN(b.IBAN):
		p.Add(at+".iban", "is no IBAN: its length or its check digits are wrong")
	}
	if b.BIC != "" && !bicCode.MatchString(b.BIC) {
		p.Add(at+".bic", "must have 8 or 11 letters and digits")
	}
}

// lengths are how long an IBAN is in each country of the register.
const lengths = "AD24 AE23 AL28 AT20 AZ28 BA20 BE16 BG22 BH22 BR29 BY28 CH21 CR22 CY28 CZ24 DE22 DK18 DO28 EE20 EG29 ES24 FI18 FO18 FR27 " +
	"GB22 GE22 GI23 GL18 GR27 GT28 HR21 HU28 IE22 IL23 IQ23 IS26 IT27 JO30 KW30 KZ20 LB28 LC32 LI21 LT20 LU20 LV21 LY25 MC27 MD24 ME22 " +
	"MK19 MR27 MT31 MU30 NL18 NO15 PK24 PL28 PS29 PT25 QA29 RO24 RS22 SA24 SC31 SE24 SI19 SK24 SM27 ST25 SV28 TL23 TN24 TR26 UA29 VA22 " +
	"VG24 XK20"

// validIBAN checks the country's length and the ISO 7064 check digits.
func validIBAN(iban string) bool {
	if len(iban) < 15 || len(iban) > 34 {
		return false
	}
	if at := strings.Index(lengths, iban[:2]); at >= 0 && isCountry(iban[:2]) {
		length := int(lengths[at+2]-'0')*10 + int(lengths[at+3]-'0')
		if len(iban) != length {
			return false
		}
	}
	remainder := 0
	for i, r := range iban[4:] + iban[:4] {
		letterless := i == len(iban)-2 || i == len(iban)-1 // the check digits
		switch {
		case r >= '0' && r <= '9':
			remainder = (remainder*10 + int(r-'0')) % 97
		case r >= 'A' && r <= 'Z' && !letterless:
			remainder = (remainder*100 + int(r-'A') + 10) % 97
		default:
			return false
		}
	}
	return remainder == 1 && isCountry(iban[:2])
}
