package app

import (
	"erp/internal/asset"
)

// demoKind is a category of the sample company with the things that belong to it.
type demoKind struct {
	name, prefix string
	share        int // of all assets, in percent
	method       asset.Method
	life         int
	salvage      string // percent
	personal     bool   // handed to people rather than standing somewhere
	warranty     int    // years
	things       []demoThing
}

type demoThing struct {
	name, model, supplier string
	low, high             int // price
}

var demoKinds = []demoKind{ //nolint:gochecknoglobals // because it is a constant table
	{"Laptops", "LT", 24, asset.StraightLine, 36, "0", true, 3, []demoThing{
		{"ThinkPad X1 Carbon", "21KC", "Bechtle AG", 1499, 2199}, {"ThinkPad T14", "21ML", "Bechtle AG", 1099, 1599},
		{"MacBook Pro 14", "MX2H3", "Cancom SE", 1999, 2999}, {"MacBook Air 13", "MW123", "Cancom SE", 1199, 1699},
		{"Dell XPS 13", "9350", "Dell GmbH", 1299, 1899}, {"HP EliteBook 840", "G11", "Bechtle AG", 1149, 1649},
	}},
	{"Monitors", "MO", 22, asset.StraightLine, 36, "0", true, 3, []demoThing{
		{"Dell UltraSharp 27", "U2723QE", "Dell GmbH", 489, 629}, {"LG UltraFine 32", "32UN880", "Cyberport GmbH", 599, 749},
		{"EIZO FlexScan 27", "EV2795", "EIZO Europe", 799, 999}, {"Samsung ViewFinity 34", "S65VC", "Cyberport GmbH", 449, 599},
	}},
	{"Phones", "PH", 16, asset.StraightLine, 36, "0", true, 2, []demoThing{
		{"iPhone 17", "A3258", "Telekom Deutschland", 829, 1129}, {"iPhone 16e", "A3212", "Telekom Deutschland", 599, 729},
		{"Samsung Galaxy S25", "SM-S931B", "Vodafone GmbH", 699, 899}, {"Google Pixel 10", "GLBW0", "Vodafone GmbH", 649, 799},
	}},
	{"Docking stations", "DS", 10, asset.StraightLine, 36, "0", true, 3, []demoThing{
		{"ThinkPad Thunderbolt 4 Dock", "40B0", "Bechtle AG", 219, 289}, {"Dell Dock WD22TB4", "WD22TB4", "Dell GmbH", 229, 309},
	}},
	{"Tablets", "TB", 5, asset.StraightLine, 36, "0", true, 2, []demoThing{
		{"iPad Air 11", "A2902", "Cancom SE", 649, 849}, {"Surface Pro 11", "EP2-31", "Bechtle AG", 1099, 1599},
	}},
	{"Furniture", "FU", 14, asset.StraightLine, 156, "5", false, 5, []demoThing{
		{"Standing desk 160", "E7 Pro", "Flexispot GmbH", 429, 699}, {"Office chair Aeron", "Size B", "Herman Miller", 1190, 1590},
		{"Filing cabinet", "Combi 3", "Kaiser+Kraft", 249, 379}, {"Conference table", "Oval 240", "Kaiser+Kraft", 1290, 1890},
	}},
	{"Printers", "PR", 3, asset.StraightLine, 36, "0", false, 3, []demoThing{
		{"HP LaserJet Pro", "4002dn", "Bechtle AG", 299, 449}, {"Kyocera Ecosys", "M5526", "Kyocera Document", 549, 899},
	}},
	{"Network", "NW", 4, asset.DecliningBalance, 60, "0", false, 5, []demoThing{
		{"UniFi access point", "U7 Pro", "Ubiquiti Store", 169, 199}, {"Cisco Catalyst switch", "C9200L", "Cancom SE", 1890, 3290},
		{"FortiGate firewall", "60F", "Cancom SE", 649, 899},
	}},
	{"Vehicles", "VE", 2, asset.StraightLine, 72, "15", true, 3, []demoThing{
		{"VW ID.4", "Pro 77", "Autohaus Wolter", 39900, 48900}, {"Ford Transit", "L3H2", "Autohaus Wolter", 34900, 42900},
		{"Skoda Enyaq", "85", "Autohaus Wolter", 41900, 49900},
	}},
}

// demoPlaces is the tree of places of the sample company: a site, then what is in it.
var demoPlaces = []struct { //nolint:gochecknoglobals // because it is a constant table
	site  string
	rooms []string
}{
	{"Berlin", []string{"Floor 1", "Floor 2", "Floor 3", "IT storage", "Server room"}},
	{"Hamburg", []string{"Office", "Storage"}},
	{"Munich", []string{"Office", "Showroom"}},
	{"Warehouse Potsdam", []string{"Aisle A", "Aisle B", "Workshop"}},
}
