package domain

import (
	"encoding/xml"

	"erp/internal/platform/date"
	"erp/internal/platform/money"
)

// The parts of a UBL 2.1 document, in the order that its schema wants. Invoice and credit
// note differ in three names only; what a document has not is left out.

type ublDocument struct {
	XMLName        xml.Name
	Namespace      string         `xml:"xmlns,attr"`
	Aggregates     string         `xml:"xmlns:cac,attr"`
	Basics         string         `xml:"xmlns:cbc,attr"`
	Customization  string         `xml:"cbc:CustomizationID"`
	Profile        string         `xml:"cbc:ProfileID"`
	ID             string         `xml:"cbc:ID"`
	IssueDate      string         `xml:"cbc:IssueDate"`
	DueDate        string         `xml:"cbc:DueDate,omitempty"`
	InvoiceType    string         `xml:"cbc:InvoiceTypeCode,omitempty"`
	CreditNoteType string         `xml:"cbc:CreditNoteTypeCode,omitempty"`
	Notes          []string       `xml:"cbc:Note"`
	Currency       string         `xml:"cbc:DocumentCurrencyCode"`
	BuyerReference string         `xml:"cbc:BuyerReference,omitempty"`
	Order          *ublReference  `xml:"cac:OrderReference"`
	Billing        *ublBilling    `xml:"cac:BillingReference"`
	Seller         ublParty       `xml:"cac:AccountingSupplierParty>cac:Party"`
	Buyer          ublParty       `xml:"cac:AccountingCustomerParty>cac:Party"`
	Delivery       *ublDelivery   `xml:"cac:Delivery"`
	PaymentMeans   *ublMeans      `xml:"cac:PaymentMeans"`
	PaymentTerms   *ublNote       `xml:"cac:PaymentTerms"`
	Adjustments    []ublAllowance `xml:"cac:AllowanceCharge"`
	Tax            ublTaxTotal    `xml:"cac:TaxTotal"`
	Totals         ublTotals      `xml:"cac:LegalMonetaryTotal"`
	InvoiceLines   []ublLine      `xml:"cac:InvoiceLine"`
	CreditLines    []ublLine      `xml:"cac:CreditNoteLine"`
}

type ublReference struct {
	ID string `xml:"cbc:ID"`
}

type ublBilling struct {
	Invoice ublReference `xml:"cac:InvoiceDocumentReference"`
}

type ublNote struct {
	Note string `xml:"cbc:Note"`
}

type ublIdentifier struct {
	Scheme string `xml:"schemeID,attr,omitempty"`
	Value  string `xml:",chardata"`
}

type ublParty struct {
	Endpoint *ublIdentifier `xml:"cbc:EndpointID"`
	ID       *ublReference  `xml:"cac:PartyIdentification"`
	Name     *ublName       `xml:"cac:PartyName"`
	Address  ublAddress     `xml:"cac:PostalAddress"`
	Taxes    []ublPartyTax  `xml:"cac:PartyTaxScheme"`
	Legal    string         `xml:"cac:PartyLegalEntity>cbc:RegistrationName"`
	Contact  *ublContact    `xml:"cac:Contact"`
}

type ublName struct {
	Name string `xml:"cbc:Name"`
}

type ublAddress struct {
	Street     string      `xml:"cbc:StreetName,omitempty"`
	Additional string      `xml:"cbc:AdditionalStreetName,omitempty"`
	City       string      `xml:"cbc:CityName,omitempty"`
	PostalZone string      `xml:"cbc:PostalZone,omitempty"`
	Line       *ublLineOf  `xml:"cac:AddressLine"`
	Country    *ublCountry `xml:"cac:Country"`
}

type ublLineOf struct {
	Line string `xml:"cbc:Line"`
}

type ublCountry struct {
	Code string `xml:"cbc:IdentificationCode"`
}

type ublPartyTax struct {
	CompanyID string    `xml:"cbc:CompanyID"`
	Scheme    ublScheme `xml:"cac:TaxScheme"`
}

type ublScheme struct {
	ID string `xml:"cbc:ID"`
}

type ublContact struct {
	Phone string `xml:"cbc:Telephone,omitempty"`
	Email string `xml:"cbc:ElectronicMail,omitempty"`
}

type ublDelivery struct {
	On       string       `xml:"cbc:ActualDeliveryDate,omitempty"`
	Location *ublLocation `xml:"cac:DeliveryLocation"`
}

type ublLocation struct {
	Country ublCountry `xml:"cac:Address>cac:Country"`
}

type ublMeans struct {
	Code      string     `xml:"cbc:PaymentMeansCode"`
	PaymentID string     `xml:"cbc:PaymentID"`
	Account   ublAccount `xml:"cac:PayeeFinancialAccount"`
}

type ublAccount struct {
	ID     string        `xml:"cbc:ID"`
	Name   string        `xml:"cbc:Name"`
	Branch *ublReference `xml:"cac:FinancialInstitutionBranch"`
}

type ublAmount struct {
	Currency string `xml:"currencyID,attr"`
	Value    string `xml:",chardata"`
}

type ublAllowance struct {
	Charge     bool         `xml:"cbc:ChargeIndicator"`
	ReasonCode string       `xml:"cbc:AllowanceChargeReasonCode,omitempty"`
	Reason     string       `xml:"cbc:AllowanceChargeReason,omitempty"`
	Percent    string       `xml:"cbc:MultiplierFactorNumeric,omitempty"`
	Amount     ublAmount    `xml:"cbc:Amount"`
	Base       *ublAmount   `xml:"cbc:BaseAmount"`
	Tax        *ublCategory `xml:"cac:TaxCategory"`
}

type ublCategory struct {
	ID         string    `xml:"cbc:ID"`
	Percent    string    `xml:"cbc:Percent,omitempty"`
	ReasonCode string    `xml:"cbc:TaxExemptionReasonCode,omitempty"`
	Reason     string    `xml:"cbc:TaxExemptionReason,omitempty"`
	Scheme     ublScheme `xml:"cac:TaxScheme"`
}

type ublTaxTotal struct {
	Amount ublAmount     `xml:"cbc:TaxAmount"`
	Groups []ublTaxGroup `xml:"cac:TaxSubtotal"`
}

type ublTaxGroup struct {
	Taxable  ublAmount   `xml:"cbc:TaxableAmount"`
	Tax      ublAmount   `xml:"cbc:TaxAmount"`
	Category ublCategory `xml:"cac:TaxCategory"`
}

type ublTotals struct {
	Lines      ublAmount  `xml:"cbc:LineExtensionAmount"`
	Net        ublAmount  `xml:"cbc:TaxExclusiveAmount"`
	Gross      ublAmount  `xml:"cbc:TaxInclusiveAmount"`
	Allowances *ublAmount `xml:"cbc:AllowanceTotalAmount"`
	Charges    *ublAmount `xml:"cbc:ChargeTotalAmount"`
	Rounding   *ublAmount `xml:"cbc:PayableRoundingAmount"`
	Payable    ublAmount  `xml:"cbc:PayableAmount"`
}

type ublQuantity struct {
	Unit  string `xml:"unitCode,attr"`
	Value string `xml:",chardata"`
}

type ublLine struct {
	ID          int            `xml:"cbc:ID"`
	Note        string         `xml:"cbc:Note,omitempty"`
	Invoiced    *ublQuantity   `xml:"cbc:InvoicedQuantity"`
	Credited    *ublQuantity   `xml:"cbc:CreditedQuantity"`
	Net         ublAmount      `xml:"cbc:LineExtensionAmount"`
	Adjustments []ublAllowance `xml:"cac:AllowanceCharge"`
	Item        ublItem        `xml:"cac:Item"`
	Price       ublPrice       `xml:"cac:Price"`
}

type ublItem struct {
	Description string      `xml:"cbc:Description,omitempty"`
	Name        string      `xml:"cbc:Name"`
	Tax         ublCategory `xml:"cac:ClassifiedTaxCategory"`
}

type ublPrice struct {
	Amount ublAmount    `xml:"cbc:PriceAmount"`
	Base   *ublQuantity `xml:"cbc:BaseQuantity"`
}

func ublDay(d date.Date) string {
	if d.IsZero() {
		return ""
	}
	return d.String()
}

func (b ublBuilder) amount(d money.Decimal) ublAmount {
	return ublAmount{Currency: string(b.v.Currency), Value: d.String()}
}

// some is an amount that is left out when there is nothing of it.
func (b ublBuilder) some(d money.Decimal) *ublAmount {
	if d.IsZero() {
		return nil
	}
	a := b.amount(d)
	return &a
}
