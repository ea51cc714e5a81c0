package backup

import (
	"archive/zip"
	"bytes"
	"compress/flate"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"hash"
	"io"
	"maps"
	"slices"
	"strings"

	"github.com/jackc/pgx/v5"

	"erp/internal/platform/migrate"
)

func write(ctx context.Context, w io.Writer, s System) (m Manifest, err error) {
	all, err := openOwners(ctx, s)
	if err != nil {
		return m, err
	}
	defer func() { err = errors.Join(err, all.close()) }()
	if err := all.share(ctx); err != nil {
		return m, err
	}
	m = Manifest{Format: format, Program: s.Program, Server: all.admin.PgConn().ParameterStatus("server_version"),
		MadeAt: s.Now().UTC(), Schemas: map[string]Schema{}}
	archive := zip.NewWriter(w)
	archive.RegisterCompressor(zip.Deflate, func(w io.Writer) (io.WriteCloser, error) {
		return flate.NewWriter(w, flate.BestSpeed)
	})
	for _, schema := range slices.Sorted(maps.Keys(all.conns)) {
		if m.Schemas[schema], err = writeSchema(ctx, archive, all.conns[schema], schema); err != nil {
			return m, fmt.Errorf("schema %s: %w", schema, err)
		}
	}
	raw, err := json.MarshalIndent(m, "", "  ")
	if err != nil {
		return m, err
	}
	into, err := archive.Create(manifestName)
	if err == nil {
		_, err = io.Copy(into, bytes.NewReader(raw))
	}
	return m, errors.Join(err, archive.Close())
}

// share makes all connections see one and the same moment: the administrator's exports its snapshot, the owners' import
// it. Tables are kept from changing shape meanwhile.
func (o *owners) share(ctx context.Context) error {
	const begin = "BEGIN READ ONLY ISOLATION LEVEL REPEATABLE READ"
	if _, err := o.admin.Exec(ctx, begin); err != nil {
		return err
	}
	var snapshot string
	if err := o.admin.QueryRow(ctx, "SELECT pg_export_snapshot()").Scan(&snapshot); err != nil {
		return fmt.Errorf("export snapshot: %w", err)
	}
	for schema, conn := range o.conns {
		if _, err := conn.Exec(ctx, begin); err != nil {
			return err
		}
		if _, err := conn.Exec(ctx, "SET TRANSACTION SNAPSHOT '"+snapshot+"'"); err != nil {
			return fmt.Errorf("import snapshot: %w", err)
		}
		if err := holdShape(ctx, conn, schema); err != nil {
			return fmt.Errorf("schema %s: %w", schema, err)
		}
	}
	return nil
}

// holdShape locks the tables against migrations, and refuses one that came between the snapshot and the lock.
func holdShape(ctx context.Context, conn *pgx.Conn, schema string) error {
	tables, err := tablesOf(ctx, conn, schema)
	if err != nil {
		return err
	}
	names := make([]string, 0, len(tables))
	for _, table := range tables {
		names = append(names, quote(schema, table.Name))
	}
	if len(names) == 0 {
		return nil
	}
	if _, err := conn.Exec(ctx, "LOCK TABLE "+strings.Join(names, ", ")+" IN ACCESS SHARE MODE"); err != nil {
		return fmt.Errorf("lock tables: %w", err)
	}
	inside, err := migrate.VersionOf(ctx, conn, schema)
	if err != nil {
		return err
	}
	apart, err := pgx.ConnectConfig(ctx, conn.Config())
	if err != nil {
		return err
	}
	defer func() { _ = apart.Close(ctx) }()
	now, err := migrate.VersionOf(ctx, apart, schema)
	if err != nil {
		return err
	}
	if now != inside {
		return errors.New("the database was migrated just now; make the backup again")
	}
	return nil
}

func writeSchema(ctx context.Context, archive *zip.Writer, conn *pgx.Conn, schema string) (s Schema, err error) {
	if s.Version, err = migrate.VersionOf(ctx, conn, schema); err != nil {
		return s, err
	}
	if s.Tables, err = tablesOf(ctx, conn, schema); err != nil {
		return s, err
	}
	for i := range s.Tables {
		if err := writeTable(ctx, archive, conn, schema, &s.Tables[i]); err != nil {
			return s, fmt.Errorf("table %s: %w", s.Tables[i].Name, err)
		}
	}
	s.Sequences, err = sequencesOf(ctx, conn, schema)
	return s, err
}

func writeTable(ctx context.Context, archive *zip.Writer, conn *pgx.Conn, schema string, t *Table) error {
	into, err := archive.Create(member(schema, t.Name))
	if err != nil {
		return err
	}
	sum := &summing{to: into, hash: sha256.New()}
	tag, err := conn.PgConn().CopyTo(ctx, sum, "COPY "+quote(schema, t.Name)+columnList(t.Columns)+" TO STDOUT")
	if err != nil {
		return err
	}
	t.Rows, t.Bytes, t.SHA256 = tag.RowsAffected(), sum.bytes, hex.EncodeToString(sum.hash.Sum(nil))
	return nil
}

// summing counts and hashes what passes through it.
type summing struct {
	to    io.Writer
	hash  hash.Hash
	bytes int64
}

// Write passes p on.
func (s *summing) Write(p []byte) (int, error) {
	_, _ = s.hash.Write(p) // never fails
	s.bytes += int64(len(p))
	return s.to.Write(p)
}
