// Package migrations holds every module's SQL in the binary: one folder per module, and "mechanisms" for the tables that
// each module's schema has beside its own. It knows nothing of how they are applied.
package migrations

import "embed"

// FS has the files as <folder>/NNNN_what.up.sql and .down.sql.
//
//go:embed */*.sql
var FS embed.FS

// Mechanisms is the folder that is applied to every module's schema.
const Mechanisms = "mechanisms"
