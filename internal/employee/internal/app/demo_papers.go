package app

import (
	"fmt"

	"erp/internal/employee/internal/domain"
	"erp/internal/employee/internal/store"
)

// papers are made of the person's place in the line, so that they change nothing else of the sample company.
func (d *demo) papers(n store.Newcomer) domain.Identity {
	at := len(d.people)
	return domain.Identity{
		BirthDate: d.today.AddMonths(-12 * (24 + at*7%38)).AddDays(-(at * 11 % 365)), Nationality: n.Contact.Country,
		TaxID: fmt.Sprintf("%011d", 10_000_000_000+at*7919), Document: domain.IdentityCard, DocumentNumber: fmt.Sprintf("L%08d", 1_000_000+at*31),
		DocumentCountry: n.Contact.Country, DocumentExpiresOn: d.today.AddDays(20 + at*37%3000),
	}
}

// demoAccount is at a bank that does not exist, under right check digits.
func demoAccount(n store.Newcomer, at int) domain.BankAccount {
	account := fmt.Sprintf("50010099%010d", 1_000_000+at)
	remainder := 0
	for _, digit := range account + "131400" { // DE00, as letters count
		remainder = (remainder*10 + int(digit-'0')) % 97
	}
	return domain.BankAccount{Holder: n.DisplayName(), IBAN: fmt.Sprintf("DE%02d%s", 98-remainder, account)}
}
