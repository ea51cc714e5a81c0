package app

import "strings"

// The sample company's people come from all over.
var (
	demoGiven = strings.Fields(`Aaliyah Ada Adam Agnieszka Ahmed Aiko Aisha Alejandro Amara Amélie Ana Anders Andrea Anh Anika Anna Antonio
		Arjun Astrid Ayşe Beatriz Ben Björn Camila Carlos Caroline Chiara Chloé Claire Daniel David Deniz Diego Eero Elena Elif Emil Emma
		Erik Esther Fatima Felix Fernanda Filip Finn Francesca Freja Gabriel Giulia Grace Greta Hana Hannah Hans Haruto Helena Hugo Ibrahim
		Ida Ines Ingrid Isabel Ivan Jakub Jan Jana João Johan José Julia Kaan Karim Katarzyna Kenji Khadija Klara Kofi Lars Laura Léa Leila
		Leon Liam Lin Linh Louis Lucas Lucía Luis Magda Maja Malik Marco María Marta Mateo Mehmet Mei Mia Mikkel Milan Mina Mohammed Nadia
		Naoko Nia Niels Nikolai Noah Nora Olga Oliver Omar Oskar Paul Paula Pedro Petra Pierre Priya Rafael Rahul Rania Ravi Renata Robin
		Rosa Sakura Salma Samir Sara Sebastián Sergei Sofia Søren Stefan Sven Tariq Tereza Thandiwe Theo Thomas Tomás Tuan Valentina Vera
		Victor Viktor Wei Willem Yara Yasmin Yuki Yusuf Zahra Zoë Zuzana`)
	demoFamily = strings.Fields(`Abe Acheampong Addo Ahmed Akbulut Almeida Andersen Andersson Arslan Bakker Banerjee Barbosa Bauer Becker
		Bernard Bianchi Björklund Bondarenko Borg Brown Çelik Cardoso Castro Chatterjee Chen Costa Cruz Dahl Das Demir Diallo Díaz Dijkstra
		Dubois Dupont Dvořák Eriksson Fernández Ferrari Fischer Fontaine Fujita García Gomes González Grünwald Gupta Haddad Hansen Hashimoto
		Hernández Hoang Hoffmann Horvat Huang Ibrahim Ito Ivanova Jansen Jensen Johansson Jones Kamara Kaya Khan Kim Klein Kovács Kowalski
		Kumar Larsen Laurent Le Lefèvre Lehmann Li Lindberg López Lund Martin Martínez Mbeki Mehta Meyer Mohammed Moreau Müller Mwangi
		Nakamura Ndiaye Neumann Nguyen Nielsen Novák Nowak Nyström O’Brien Okafor Öztürk Park Patel Pereira Pham Popescu Quispe Rahman
		Ramírez Reddy Ricci Richter Rodríguez Romano Rossi Russo Sánchez Santos Sato Schmidt Schneider Schulz Shah Sharma Silva Singh Smirnov
		Smith Sørensen Sokolov Souza Suzuki Svensson Szabó Takahashi Tanaka Tesfaye Torres Traoré Tran Tremblay Van-Dijk Vargas Vasquez
		Virtanen Vogel Wagner Walker Wang Weber White Williams Wójcik Wolf Yamamoto Yıldız Zhang Zhou Zimmermann`)
)

// demoDepartment is a department of the sample company: its share of the people, what it is part of, and who works there.
type demoDepartment struct {
	name, code, parent string
	share              int
	posts              []string // head, manager, and what most are
}

var demoDepartments = []demoDepartment{
	{"Management", "MGT", "", 1, []string{"Managing Director", "Chief of Staff", "Executive Assistant"}},
	{"Engineering", "ENG", "", 8, []string{"Head of Engineering", "Engineering Manager", "Software Architect"}},
	{"Platform", "ENG-P", "Engineering", 12, []string{"Head of Platform", "Engineering Manager", "Platform Engineer"}},
	{"Product Development", "ENG-D", "Engineering", 16, []string{"Head of Product Development", "Engineering Manager", "Software Engineer"}},
	{"Quality", "ENG-Q", "Engineering", 5, []string{"Head of Quality", "Test Lead", "Test Engineer"}},
	{"Sales", "SAL", "", 4, []string{"Head of Sales", "Sales Manager", "Sales Analyst"}},
	{"Sales Europe", "SAL-E", "Sales", 10, []string{"Regional Director", "Sales Manager", "Account Manager"}},
	{"Sales Americas", "SAL-A", "Sales", 7, []string{"Regional Director", "Sales Manager", "Account Manager"}},
	{"Marketing", "MKT", "", 5, []string{"Head of Marketing", "Marketing Manager", "Marketing Specialist"}},
	{"Customer Support", "SUP", "", 11, []string{"Head of Support", "Team Lead Support", "Support Specialist"}},
	{"Operations", "OPS", "", 10, []string{"Head of Operations", "Operations Manager", "Logistics Specialist"}},
	{"Finance", "FIN", "", 5, []string{"Head of Finance", "Controller", "Accountant"}},
	{"People", "HR", "", 4, []string{"Head of People", "HR Business Partner", "Recruiter"}},
	{"IT", "IT", "", 4, []string{"Head of IT", "IT Manager", "System Administrator"}},
	{"Legal", "LEG", "", 1, []string{"General Counsel", "Senior Counsel", "Legal Counsel"}},
}

var demoSites = []struct{ name, city, country string }{
	{"Head Office", "Berlin", "DE"}, {"Hamburg Office", "Hamburg", "DE"}, {"Wien Office", "Wien", "AT"}, {"Paris Office", "Paris", "FR"},
	{"Madrid Office", "Madrid", "ES"}, {"New York Office", "New York", "US"}, {"São Paulo Office", "São Paulo", "BR"},
	{"Warehouse Leipzig", "Leipzig", "DE"},
}

var demoReasons = []string{"Resigned", "Contract ended", "Retired", "Moved abroad", "Found a new challenge", "Made redundant"}
