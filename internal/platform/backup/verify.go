package backup

import (
	"archive/zip"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
)

// archive is a copy that has been checked as a whole.
type archive struct {
	manifest Manifest
	members  map[string]*zip.File
}

// verify reads every byte of the copy and compares it with the manifest. Nothing is believed before.
func verify(r io.ReaderAt, size int64) (*archive, error) {
	z, err := zip.NewReader(r, size)
	if err != nil {
		return nil, fmt.Errorf("the archive is damaged, or no archive of this program: %w", err)
	}
	a := &archive{members: map[string]*zip.File{}}
	for _, f := range z.File {
		if a.members[f.Name] != nil {
			return nil, fmt.Errorf("the archive is damaged: member %q is there twice", f.Name)
		}
		a.members[f.Name] = f
	}
	if a.manifest, err = a.readManifest(); err != nil {
		return nil, err
	}
	expected := 1
	for schema, s := range a.manifest.Schemas {
		for _, table := range s.Tables {
			expected++
			if err := a.verifyMember(member(schema, table.Name), table); err != nil {
				return nil, fmt.Errorf("the archive is damaged: %s.%s: %w", schema, table.Name, err)
			}
		}
	}
	if len(a.members) != expected {
		return nil, errors.New("the archive is damaged: it holds members that its manifest does not name")
	}
	return a, nil
}

func (a *archive) readManifest() (Manifest, error) {
	f := a.members[manifestName]
	if f == nil {
		return Manifest{}, errors.New("the archive is damaged, or no archive of this program: it has no manifest")
	}
	r, err := f.Open()
	if err != nil {
		return Manifest{}, fmt.Errorf("the archive is damaged: %w", err)
	}
	raw, err := io.ReadAll(io.LimitReader(r, largestManifest))
	if err = errors.Join(err, r.Close()); err != nil {
		return Manifest{}, fmt.Errorf("the archive is damaged: %s: %w", manifestName, err)
	}
	return parseManifest(raw)
}

func (a *archive) verifyMember(name string, t Table) error {
	f := a.members[name]
	if f == nil {
		return errors.New("it is missing")
	}
	r, err := f.Open()
	if err != nil {
		return err
	}
	sum := &counting{summing: summing{to: io.Discard, hash: sha256.New()}}
	// One byte more than announced is enough to know, however much would follow.
	_, err = io.Copy(sum, io.LimitReader(r, t.Bytes+1))
	if err = errors.Join(err, r.Close()); err != nil {
		return err
	}
	if sum.bytes != t.Bytes || hex.EncodeToString(sum.hash.Sum(nil)) != t.SHA256 {
		return errors.New("its content is not what was written")
	}
	if sum.lines != t.Rows {
		return fmt.Errorf("it has %d rows instead of %d", sum.lines, t.Rows)
	}
	return nil
}

// counting counts lines as well: a row of COPY is one line, for line breaks inside values are escaped.
type counting struct {
	summing
	lines int64
}

// Write takes what was read.
func (c *counting) Write(p []byte) (int, error) {
	for _, b := range p {
		if b == '\n' {
			c.lines++
		}
	}
	return c.summing.Write(p)
}
