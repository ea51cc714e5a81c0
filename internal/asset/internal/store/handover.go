package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"strconv"
	"time"

	"erp/internal/asset"
	"erp/internal/asset/internal/domain"
	"erp/internal/employee"
	"erp/internal/platform/database"
	"erp/internal/platform/page"
)

const handoverSummary = `h.id, h.number, h.kind, h.person_id, h.person_name, h.drawn_up_on, h.drawn_up_by, jsonb_array_length(h.items),
	concat_ws(' ', h.items->0->>'tag', h.items->0->>'name'), h.state, h.on_paper, h.reason, h.decided_at, h.created_at`

const handoverRest = `, h.company, h.language, h.text, h.text_version, h.items, h.fingerprint, h.signed_name, h.signed_on, h.decided_by, h.address, h.note`

func scanSummary(row row, h *asset.HandoverSummary, rest ...any) error {
	var decided sql.NullTime
	targets := []any{
		&h.ID, &h.Number, &h.Kind, &h.PersonID, &h.PersonName, &h.On, &h.HandedBy, &h.Assets, &h.First, &h.State, &h.OnPaper, &h.Reason, &decided, &h.CreatedAt,
	}
	if err := row.Scan(append(targets, rest...)...); err != nil {
		return err
	}
	h.CreatedAt = h.CreatedAt.UTC()
	if decided.Valid {
		h.DecidedAt = decided.Time.UTC()
	}
	return nil
}

func (s *statement) handovers(ctx context.Context, from source) ([]domain.Handover, error) {
	var found []domain.Handover
	err := s.query(ctx, from, func(row row) error {
		var h domain.Handover
		var items []byte
		err := scanSummary(row, &h.HandoverSummary, &h.Company, &h.Language, &h.Text, &h.TextVersion, &items, &h.Fingerprint,
			&h.SignedName, &h.SignedOn, &h.DecidedBy, &h.Address, &h.Note)
		if err == nil {
			err = json.Unmarshal(items, &h.Items)
		}
		found = append(found, h)
		return err
	})
	return found, err
}

// ofPeople limits the rows to documents (h) of people inside the reach.
func (s *statement) ofPeople(reach Reach) {
	if reach.All {
		s.add("true")
		return
	}
	s.add("h.person_id = ANY(?)", database.Array(reach.Holders))
}

// HandoverQuery narrows the list of documents; zero fields do not.
type HandoverQuery struct {
	page.Request
	States   []asset.HandoverState
	Kind     asset.HandoverKind
	PersonID employee.ID
	AssetID  asset.ID
	Reach    Reach
}

// Handovers lists documents inside the reach, the newest first, one more than the page holds.
func Handovers(ctx context.Context, from source, q HandoverQuery, after []string) ([]asset.HandoverSummary, error) {
	s := statement{custom: true, expect: q.Size() + 1}
	s.add("SELECT " + handoverSummary + " FROM handover h WHERE ")
	s.ofPeople(q.Reach)
	if len(q.States) > 0 {
		s.add(" AND h.state = ANY(?)", database.Array(q.States))
	}
	if q.Kind != "" {
		s.add(" AND h.kind = ?", q.Kind)
	}
	if !q.PersonID.IsZero() {
		s.add(" AND h.person_id = ?", q.PersonID)
	}
	if !q.AssetID.IsZero() {
		s.add(" AND h.id IN (SELECT handover_id FROM handover_asset WHERE asset_id = ?)", q.AssetID)
	}
	if after != nil {
		s.add(" AND h.number < ?::text::bigint", after[0])
	}
	s.add(" ORDER BY h.number DESC LIMIT ?", q.Size()+1)
	found := make([]asset.HandoverSummary, 0, s.expect)
	err := s.query(ctx, from, func(row row) error {
		var h asset.HandoverSummary
		err := scanSummary(row, &h)
		found = append(found, h)
		return err
	})
	return found, err
}

// HandoverCursor is the place of a document in the list.
func HandoverCursor(h asset.HandoverSummary) string {
	return page.Encode("-number", strconv.FormatInt(h.Number, 10))
}

// Handover is one document inside the reach; none when there is none.
func Handover(ctx context.Context, from source, which asset.HandoverID, reach Reach) (*domain.Handover, error) {
	return oneHandover(ctx, from, which, reach, "")
}

// LockHandover keeps others from deciding the document until the transaction ends. Its assets are locked before it, in
// order of id, as whoever ends a custody locks them.
func LockHandover(ctx context.Context, tx *database.Tx, which asset.HandoverID, reach Reach) (*domain.Handover, error) {
	if _, err := tx.Conn().Exec(ctx, `SELECT FROM asset WHERE id IN (SELECT asset_id FROM handover_asset WHERE handover_id = $1) ORDER BY id FOR UPDATE`, which); err != nil {
		return nil, fmt.Errorf("lock assets of hand-over: %w", database.Fault(err))
	}
	return oneHandover(ctx, tx.Conn(), which, reach, " FOR UPDATE")
}

func oneHandover(ctx context.Context, from source, which asset.HandoverID, reach Reach, lock string) (*domain.Handover, error) {
	var s statement
	s.add("SELECT " + handoverSummary + handoverRest + " FROM handover h WHERE ")
	s.ofPeople(reach)
	s.add(" AND h.id = ?"+lock, which)
	found, err := s.handovers(ctx, from)
	if err != nil || len(found) == 0 {
		return nil, err
	}
	return &found[0], nil
}

// LockOpenHandovers locks the documents by which somebody is to confirm that they received the asset.
func LockOpenHandovers(ctx context.Context, tx *database.Tx, of asset.ID) ([]domain.Handover, error) {
	var s statement
	s.add("SELECT "+handoverSummary+handoverRest+` FROM handover h WHERE h.kind = 'handover' AND h.state = 'open'
		AND h.id IN (SELECT handover_id FROM handover_asset WHERE asset_id = ? AND live) ORDER BY h.id FOR UPDATE`, of)
	return s.handovers(ctx, tx.Conn())
}

// Candidate is a custody that no document is about yet.
type Candidate struct {
	asset.HandoverCandidate
	CustodyID asset.CustodyID
}

// Candidates lists what the person holds, or gave back since the instant, that no live document is about; the newest
// first. Only of these assets when there are any.
func Candidates(ctx context.Context, from source, kind asset.HandoverKind, who employee.ID, since time.Time, only []asset.ID, reach Reach) ([]Candidate, error) {
	var s statement
	s.add(`SELECT DISTINCT ON (a.id) a.id, a.tag, a.name, a.serial, coalesce(p.name, c.holder_name), `)
	if kind == asset.HandoverBack {
		s.add(`c.ended_at`)
	} else {
		s.add(`c.started_at`)
	}
	s.add(` AS at, c.id AS custody_id FROM custody c JOIN asset a ON a.id = c.asset_id LEFT JOIN person p ON p.id = c.holder_id WHERE c.holder_id = ? AND `, who)
	if kind == asset.HandoverBack {
		s.add(`c.ended_at > ? AND c.end_reason NOT IN ('lost', 'sold')`, since)
	} else {
		s.add(`c.ended_at IS NULL`)
	}
	s.add(` AND NOT EXISTS (SELECT FROM handover_asset h WHERE h.custody_id = c.id AND h.kind = ? AND h.live) AND (? OR a.holder_id = ANY(?))`,
		kind, reach.All, database.Array(reach.Holders))
	if only != nil {
		s.add(" AND a.id = ANY(?)", database.Array(only))
	}
	s.add(" ORDER BY a.id, c.started_at DESC")
	whole := statement{args: s.args, places: s.places}
	whole.sql.WriteString("SELECT * FROM (" + s.sql.String() + ") found")
	whole.add(" ORDER BY at DESC, tag LIMIT ?", domain.MostOnHandover)
	list := []Candidate{}
	err := whole.query(ctx, from, func(row row) error {
		var c Candidate
		err := row.Scan(&c.AssetID, &c.Tag, &c.Name, &c.Serial, &c.PersonName, &c.At, &c.CustodyID)
		c.At = c.At.UTC()
		list = append(list, c)
		return err
	})
	return list, err
}

// InsertHandover keeps a new document about these custodies, and gives it its number.
func InsertHandover(ctx context.Context, tx *database.Tx, h *domain.Handover, about []Candidate) error {
	items, err := json.Marshal(h.Items)
	if err != nil {
		return fmt.Errorf("write items: %w", err)
	}
	err = query(ctx, tx.Conn(), func(row row) error { return row.Scan(&h.Number) },
		`INSERT INTO handover (id, kind, person_id, person_name, drawn_up_on, drawn_up_by, company, language, text_version, text, items,
			fingerprint, created_at, state, on_paper, signed_name, reason, note, decided_by, address)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, false, '', '', '', '', '') RETURNING number`,
		h.ID, h.Kind, h.PersonID, h.PersonName, h.On, h.HandedBy, h.Company, h.Language, h.TextVersion, h.Text, string(items),
		h.Fingerprint, h.CreatedAt, h.State)
	for _, c := range about {
		tx.Queue(`INSERT INTO handover_asset (handover_id, asset_id, custody_id, kind, live) VALUES ($1, $2, $3, $4, true)`, h.ID, c.AssetID, c.CustodyID, h.Kind)
	}
	return err
}

// DecideHandover keeps what became of a document that the transaction has locked, with a line in the history of each of
// its assets. It is written at once: the same transaction may take back another of its assets, and must find it decided.
func DecideHandover(ctx context.Context, tx *database.Tx, h *domain.Handover, line Line) error {
	_, err := tx.Conn().Exec(ctx, `UPDATE handover SET state = $2, on_paper = $3, signed_name = $4, signed_on = $5, reason = $6, note = $7, decided_by = $8, decided_at = $9, address = $10 WHERE id = $1`,
		h.ID, h.State, h.OnPaper, h.SignedName, h.SignedOn, h.Reason, h.Note, h.DecidedBy, h.DecidedAt, h.Address)
	if err != nil {
		return fmt.Errorf("decide hand-over: %w", database.Fault(err))
	}
	if h.State != asset.HandoverConfirmed {
		tx.Queue(`UPDATE handover_asset SET live = false WHERE handover_id = $1`, h.ID)
	}
	return AddLines(tx, h, line)
}

// AddLines tells the history of each asset on the document.
func AddLines(tx *database.Tx, h *domain.Handover, line Line) error {
	for _, item := range h.Items {
		if err := addLine(tx, item.AssetID, line); err != nil {
			return err
		}
	}
	return nil
}

// LatestHandoverText is the newest version of the company's words on documents of a kind; the zero version without any.
func LatestHandoverText(ctx context.Context, from source, kind asset.HandoverKind) (asset.HandoverText, error) {
	t := asset.HandoverText{Kind: kind}
	err := query(ctx, from, func(row row) error {
		err := row.Scan(&t.Text, &t.Version, &t.WrittenBy, &t.WrittenAt)
		t.WrittenAt = t.WrittenAt.UTC()
		return err
	}, `SELECT text, version, written_by, written_at FROM handover_text WHERE kind = ? ORDER BY version DESC LIMIT 1`, kind)
	return t, err
}

// AddHandoverText keeps a new version. IsTextStale says that somebody else wrote it meanwhile.
func AddHandoverText(tx *database.Tx, t asset.HandoverText) {
	tx.Queue(`INSERT INTO handover_text (kind, version, text, written_by, written_at) VALUES ($1, $2, $3, $4, $5)`, t.Kind, t.Version, t.Text, t.WrittenBy, t.WrittenAt)
}

// IsTextStale reports that somebody else wrote the same version.
func IsTextStale(err error) bool { return database.IsUnique(err, "handover_text_pkey") }

// IsDocumented reports that the server itself refused a second document about the same.
func IsDocumented(err error) bool { return database.IsUnique(err, "handover_asset_live_key") }
