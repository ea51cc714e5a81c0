package app

import (
	"erp/internal/asset"
	"erp/internal/asset/internal/domain"
	"erp/internal/employee"
	"erp/internal/platform/date"
	"erp/internal/platform/money"
)

// AssetInput is what a person types about an asset. Registering, what is left open comes from the category: tag,
// method, convention, life and salvage; a currency left open is the company's. Editing replaces everything; a tag or
// currency left open stays.
type AssetInput struct {
	Tag           string           `json:"tag,omitempty" maxLength:"40" doc:"Given automatically when left open" example:"LT-0042"`
	Name          string           `json:"name" minLength:"1" maxLength:"200" example:"ThinkPad X1 Carbon"`
	Serial        string           `json:"serial,omitempty" maxLength:"100"`
	Model         string           `json:"model,omitempty" maxLength:"100"`
	Supplier      string           `json:"supplier,omitempty" maxLength:"200"`
	Notes         string           `json:"notes,omitempty" maxLength:"4000"`
	CategoryID    asset.CategoryID `json:"categoryId"`
	LocationID    asset.LocationID `json:"locationId,omitzero"`
	PurchasedOn   date.Date        `json:"purchasedOn,omitzero"`
	Cost          money.Decimal    `json:"cost,omitzero" doc:"0 when left open"`
	Currency      money.Currency   `json:"currency,omitempty"`
	WarrantyUntil date.Date        `json:"warrantyUntil,omitzero"`
	Method        asset.Method     `json:"method,omitempty" enum:"none,straight-line,declining-balance,sum-of-years-digits"`
	Convention    asset.Convention `json:"convention,omitempty" enum:"full-month,following-month,mid-month,actual-days"`
	LifeMonths    int              `json:"lifeMonths,omitempty" minimum:"0" maximum:"1200"`
	Salvage       *money.Decimal   `json:"salvage,omitempty"`
	InServiceOn   date.Date        `json:"inServiceOn,omitzero"`
}

func (in AssetInput) details() domain.Details {
	d := domain.Details{
		Tag: in.Tag, Name: in.Name, Serial: in.Serial, Model: in.Model, Supplier: in.Supplier, Notes: in.Notes,
		CategoryID: in.CategoryID, LocationID: in.LocationID, PurchasedOn: in.PurchasedOn, Cost: in.Cost, Currency: in.Currency,
		WarrantyUntil: in.WarrantyUntil, Method: in.Method, Convention: in.Convention, LifeMonths: in.LifeMonths, InServiceOn: in.InServiceOn,
	}
	if in.Salvage != nil {
		d.Salvage = *in.Salvage
	}
	return d
}

// NoteInput is a change that needs nothing but, if wanted, a note for the history.
type NoteInput struct {
	Note string `json:"note,omitempty" maxLength:"2000" doc:"Stands in the history"`
}

// Assignment hands an asset to somebody.
type Assignment struct {
	EmployeeID employee.ID `json:"employeeId"`
	DueOn      date.Date   `json:"dueOn,omitzero" doc:"When it should come back"`
	Note       string      `json:"note,omitempty" maxLength:"2000"`
	Transfer   bool        `json:"transfer,omitempty" doc:"Straight from whoever holds it now; without it an assigned asset is a conflict"`
}

// Reservation promises an asset to somebody.
type Reservation struct {
	EmployeeID employee.ID `json:"employeeId"`
	Note       string      `json:"note,omitempty" maxLength:"2000"`
}

// Return brings an asset back to stock.
type Return struct {
	LocationID asset.LocationID `json:"locationId,omitzero" doc:"Where it is put; left open, where it was"`
	Note       string           `json:"note,omitempty" maxLength:"2000"`
}

// ReturnMany brings assets back to stock.
type ReturnMany struct {
	IDs []asset.ID `json:"ids" minItems:"1" maxItems:"1000"`
	Return
}

// Move puts assets somewhere else.
type Move struct {
	IDs        []asset.ID       `json:"ids" minItems:"1" maxItems:"1000"`
	LocationID asset.LocationID `json:"locationId,omitzero" doc:"Left open: nowhere in particular"`
	Note       string           `json:"note,omitempty" maxLength:"2000"`
}

// Relocation puts an asset somewhere else.
type Relocation struct {
	LocationID asset.LocationID `json:"locationId,omitzero" doc:"Left open: nowhere in particular"`
	Note       string           `json:"note,omitempty" maxLength:"2000"`
}

// Recategorisation puts an asset into another category.
type Recategorisation struct {
	CategoryID asset.CategoryID `json:"categoryId"`
	Note       string           `json:"note,omitempty" maxLength:"2000"`
}

// Retirement takes an asset out of use for good.
type Retirement struct {
	On          date.Date `json:"on,omitzero" doc:"Today when left open; not in the future"`
	Note        string    `json:"note,omitempty" maxLength:"2000"`
	KeepInBooks bool      `json:"keepInBooks,omitempty" doc:"Its depreciation goes on"`
}

// CategoryInput is what a person types about a category.
type CategoryInput struct {
	Name           string           `json:"name" minLength:"1" maxLength:"100" example:"Laptops"`
	Prefix         string           `json:"prefix" minLength:"1" maxLength:"6" example:"LT"`
	Method         asset.Method     `json:"method,omitempty" enum:"none,straight-line,declining-balance,sum-of-years-digits"`
	Convention     asset.Convention `json:"convention,omitempty" enum:"full-month,following-month,mid-month,actual-days"`
	LifeMonths     int              `json:"lifeMonths,omitempty" minimum:"0" maximum:"1200"`
	SalvagePercent money.Decimal    `json:"salvagePercent,omitzero"`
}

func (in CategoryInput) category() domain.Category {
	return domain.Category{
		Name: in.Name, Prefix: in.Prefix, Method: in.Method, Convention: in.Convention, LifeMonths: in.LifeMonths, SalvagePercent: in.SalvagePercent,
	}
}

// LocationInput is what a person types about a place.
type LocationInput struct {
	Name     string           `json:"name" minLength:"1" maxLength:"100" example:"Room 2.14"`
	ParentID asset.LocationID `json:"parentId,omitzero" doc:"The place it lies in; left open, none"`
}

// Labels asks for labels to print.
type Labels struct {
	IDs    []asset.ID   `json:"ids,omitempty" minItems:"1" maxItems:"1000" doc:"In the order in which they are printed; instead of filter"`
	Filter *AssetFilter `json:"filter,omitempty" doc:"All assets that the list finds with the same filter, at most 1,000, in the order of tags"`
	Layout string       `json:"layout,omitempty" enum:"a4,roll" default:"a4" doc:"24 labels of 70 x 37 mm on a sheet, or one of 62 x 29 mm a page"`
	Skip   int          `json:"skip,omitempty" minimum:"0" maximum:"23" doc:"Labels of the first sheet that are gone already"`
	Link   string       `json:"link,omitempty" maxLength:"200" pattern:"^https?://[^\\s]+$" patternDescription:"an http or https address" doc:"Where the application is reached: the code then opens the asset. Left open, the code holds the tag alone, for scanners."`
}

// HandoverInput says what a document is drawn up about.
type HandoverInput struct {
	Kind     asset.HandoverKind  `json:"kind" enum:"handover,return" doc:"Over what the person holds, or over what they gave back"`
	PersonID employee.ID         `json:"personId"`
	Items    []HandoverItemInput `json:"items" minItems:"1" maxItems:"100" doc:"In the order in which they stand on the document"`
}

// HandoverItemInput is one thing on a document.
type HandoverItemInput struct {
	AssetID     asset.ID `json:"assetId"`
	Condition   string   `json:"condition,omitempty" maxLength:"500" example:"scratch on the lid"`
	Accessories string   `json:"accessories,omitempty" maxLength:"500" example:"charger, bag"`
}

// Confirmation is the person's signature in the browser.
type Confirmation struct {
	Name string `json:"name" minLength:"2" maxLength:"200" doc:"Your name, typed by yourself"`
}

// Refusal is why the person does not confirm.
type Refusal struct {
	Reason string `json:"reason" minLength:"1" maxLength:"2000" doc:"What is wrong"`
}

// PaperSignature is a signature on the printed document.
type PaperSignature struct {
	On date.Date `json:"on,omitzero" doc:"The day of the signature; today when left open, not in the future"`
}

// Withdrawal takes a document back that was drawn up by mistake.
type Withdrawal struct {
	Reason string `json:"reason,omitempty" maxLength:"2000"`
}

// HandoverWords are the company's own text.
type HandoverWords struct {
	Text string `json:"text" minLength:"1" maxLength:"10000" doc:"Stands on documents drawn up from now on"`
}
