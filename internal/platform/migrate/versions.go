package migrate

import (
	"context"
	"errors"
	"fmt"

	"github.com/jackc/pgx/v5"
)

// Version says how far a schema has been migrated: its module's own tables, the mechanisms' and the job queue's.
type Version struct {
	Module     uint `json:"module"`
	Mechanisms uint `json:"mechanisms"`
	Queue      uint `json:"queue"`
}

// Newer says whether v knows anything that other does not.
func (v Version) Newer(other Version) bool {
	return v.Module > other.Module || v.Mechanisms > other.Mechanisms || v.Queue > other.Queue
}

// OwnerURLs answers each module's address as the owner of its schema, for those who copy whole schemas.
func OwnerURLs(o Options) (map[string]string, error) {
	r, err := newRoles(o)
	if err != nil {
		return nil, err
	}
	urls := make(map[string]string, len(o.Modules))
	for _, module := range o.Modules {
		urls[module] = r.url(ownerRole, module)
	}
	return urls, nil
}

// RuntimeRoles names the roles that running programs sign in as.
func RuntimeRoles(o Options) ([]string, error) {
	r, err := newRoles(o)
	if err != nil {
		return nil, err
	}
	var names []string
	for _, module := range o.Modules {
		names = append(names, r.name(runtimeRole, module))
	}
	return names, nil
}

// VersionTables names the tables in each schema that say how far it has been migrated.
func VersionTables() []string { return []string{moduleVersions, mechanismVersions, queueVersions} }

const (
	moduleVersions    = "schema_migrations"
	mechanismVersions = "schema_migrations_mechanisms"
	queueVersions     = "river_migration"
)

// VersionOf reads a schema's version through its owner's connection.
func VersionOf(ctx context.Context, conn *pgx.Conn, schema string) (Version, error) {
	var v Version
	for table, into := range map[string]*uint{moduleVersions: &v.Module, mechanismVersions: &v.Mechanisms, queueVersions: &v.Queue} {
		var there bool
		name := quote(schema) + "." + quote(table)
		if err := conn.QueryRow(ctx, "SELECT to_regclass($1) IS NOT NULL", name).Scan(&there); err != nil {
			return v, fmt.Errorf("read version of schema %s: %w", schema, err)
		}
		if !there {
			continue
		}
		if err := conn.QueryRow(ctx, "SELECT coalesce(max(version), 0) FROM "+name).Scan(into); err != nil {
			return v, fmt.Errorf("read version of schema %s: %w", schema, err)
		}
	}
	return v, nil
}

// At brings every schema to the versions given instead of the newest, for a copy of the data that was made at these. On
// the way back it runs the files that undo. The job queue stays at its newest.
func At(ctx context.Context, o Options, versions map[string]Version) error {
	for _, module := range o.Modules {
		if _, given := versions[module]; !given {
			return errors.New("no version is given for schema " + module)
		}
	}
	o.at = versions
	_, err := Run(ctx, o)
	return err
}
