// Package domain holds the rules of assets: who may hold what when, where things stand, and what they are worth. It
// knows no database, no HTTP and no clock.
package domain

import (
	"time"

	"erp/internal/asset"
	"erp/internal/employee"
	"erp/internal/platform/date"
	"erp/internal/platform/fault"
	"erp/internal/platform/id"
	"erp/internal/platform/money"
)

// Asset is a thing the company owns, stored as it stands. Two machines run on it and never touch each other: custody
// (Status and holder, see custody.go) and the books (dates and amounts, see book.go).
type Asset struct {
	ID         asset.ID
	Details    `gorm:"embedded"`
	Status     asset.Status
	HolderID   employee.ID
	HolderName string
	HeldSince  time.Time
	DueOn      date.Date
	RetiredOn  date.Date
	DisposedOn date.Date
	SaleID     asset.SaleID // being sold, or sold
	Bought     Bought       `gorm:"embedded"`
	Version    int
	CreatedAt  time.Time
	UpdatedAt  time.Time
}

// Details are what a person types about an asset: the input of registering and of editing.
type Details struct {
	Tag           string
	Name          string
	Serial        string
	Model         string
	Supplier      string
	Notes         string
	CategoryID    asset.CategoryID
	LocationID    asset.LocationID
	PurchasedOn   date.Date
	Cost          money.Decimal
	Currency      money.Currency
	WarrantyUntil date.Date
	Method        asset.Method
	Convention    asset.Convention
	LifeMonths    int
	Salvage       money.Decimal
	InServiceOn   date.Date
}

// Register brings a new asset into stock. Details that break a rule are Invalid, every one named.
func Register(details Details, now time.Time) (Asset, error) {
	details = details.normal()
	if err := details.check(); err != nil {
		return Asset{}, err
	}
	return Asset{
		ID: id.New[asset.Asset](), Details: details, Status: asset.StatusAvailable,
		Version: 1, CreatedAt: now, UpdatedAt: now,
	}, nil
}

// Edit replaces the details. It says what changed; nothing changed is no error and no change.
func (a *Asset) Edit(details Details, now time.Time) ([]asset.Change, error) {
	details = details.normal()
	if details.Tag == "" {
		details.Tag = a.Tag
	}
	if err := details.check(); err != nil {
		return nil, err
	}
	if !a.DisposedOn.IsZero() && !a.sameBook(details) {
		return nil, fault.New(fault.Conflict, "asset-disposed",
			"Asset %s is out of the books since %s; its cost, dates and depreciation can no longer change.", a.Tag, a.DisposedOn)
	}
	changes := differences(a.Details, details)
	if len(changes) > 0 {
		a.Details = details
		a.touch(now)
	}
	return changes, nil
}

// MoveTo puts the asset somewhere else; false when it is there already.
func (a *Asset) MoveTo(location asset.LocationID, now time.Time) bool {
	if a.LocationID == location {
		return false
	}
	a.LocationID = location
	a.touch(now)
	return true
}

func (a *Asset) touch(now time.Time) {
	a.Version++
	a.UpdatedAt = now
}

func (a *Asset) sameBook(d Details) bool {
	return a.Cost.Equal(d.Cost) && a.Currency == d.Currency && a.Salvage.Equal(d.Salvage) && a.Method == d.Method &&
		a.Convention == d.Convention && a.LifeMonths == d.LifeMonths && a.InServiceOn == d.InServiceOn
}

// View is the published view; names of category and location are the store's to add.
func (a *Asset) View(category, location string) asset.Asset {
	return asset.Asset{
		ID: a.ID, Tag: a.Tag, Name: a.Name, Serial: a.Serial, Model: a.Model, Supplier: a.Supplier, Notes: a.Notes,
		CategoryID: a.CategoryID, Category: category, LocationID: a.LocationID, Location: location,
		Status: a.Status, HolderID: a.HolderID, HolderName: a.HolderName, HeldSince: a.HeldSince, DueOn: a.DueOn,
		PurchasedOn: a.PurchasedOn, Cost: a.Cost, Currency: a.Currency, WarrantyUntil: a.WarrantyUntil,
		Method: a.Method, Convention: a.Convention, LifeMonths: a.LifeMonths, Salvage: a.Salvage, InServiceOn: a.InServiceOn,
		RetiredOn: a.RetiredOn, DisposedOn: a.DisposedOn, SaleID: a.SaleID,
		BillID: a.Bought.BillID, BillNumber: a.Bought.BillNumber, Version: a.Version, CreatedAt: a.CreatedAt, UpdatedAt: a.UpdatedAt,
	}
}
