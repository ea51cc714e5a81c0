package rbac

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/casbin/casbin/v3/model"
	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
)

// querier is a connection, a pool or a transaction.
type querier interface {
	Query(ctx context.Context, sql string, args ...any) (pgx.Rows, error)
	Exec(ctx context.Context, sql string, args ...any) (pgconn.CommandTag, error)
}

// adapter keeps casbin's rules in the table casbin_rule. It serves one enforcer for the length of one load or one
// change, which is why it may carry the context that casbin does not pass on.
//
// casbin knows no time: a role that has ended is not loaded, and when the others end is kept beside.
type adapter struct {
	ctx   context.Context //nolint:containedctx // because casbin's adapter methods have no context and this lives for one call
	q     querier
	by    string
	now   time.Time
	until time.Time // when the roles that are given next end; zero for never
	ends  map[[2]string]time.Time
}

// LoadPolicy reads every rule that has not ended.
func (a *adapter) LoadPolicy(m model.Model) error {
	a.ends = map[[2]string]time.Time{}
	rows, err := a.q.Query(a.ctx, `
		SELECT ptype, v0, v1, v2, v3, v4, expires_at FROM casbin_rule WHERE expires_at IS NULL OR expires_at > $1 ORDER BY id`, a.now)
	if err != nil {
		return fmt.Errorf("read policy: %w", err)
	}
	defer rows.Close()
	byType := map[string][][]string{}
	for rows.Next() {
		var ptype string
		v := make([]string, 5)
		var until *time.Time
		if err := rows.Scan(&ptype, &v[0], &v[1], &v[2], &v[3], &v[4], &until); err != nil {
			return fmt.Errorf("read policy: %w", err)
		}
		if ptype == "g" {
			v = v[:2]
			if until != nil {
				a.ends[[2]string{v[0], v[1]}] = *until
			}
		}
		byType[ptype] = append(byType[ptype], v)
	}
	if err := rows.Err(); err != nil {
		return fmt.Errorf("read policy: %w", err)
	}
	for ptype, rules := range byType {
		if err := m.AddPolicies(ptype[:1], ptype, rules); err != nil {
			return fmt.Errorf("read policy: %w", err)
		}
	}
	return nil
}

// SavePolicy is refused: the table is the truth and is changed rule by rule.
func (a *adapter) SavePolicy(model.Model) error {
	return errors.New("the policy is never written as a whole")
}

// AddPolicy writes one rule.
func (a *adapter) AddPolicy(sec, ptype string, rule []string) error {
	return a.AddPolicies(sec, ptype, [][]string{rule})
}

// AddPolicies writes many rules in one statement. A role that is given again after it has ended begins anew.
func (a *adapter) AddPolicies(_, ptype string, rules [][]string) error {
	columns := make([][]string, 5)
	for _, rule := range rules {
		if ptype == "g" {
			if err := a.RemovePolicy("g", ptype, rule); err != nil {
				return err
			}
		}
		for i := range columns {
			value := ""
			if i < len(rule) {
				value = rule[i]
			}
			columns[i] = append(columns[i], value)
		}
	}
	_, err := a.q.Exec(a.ctx, `
		INSERT INTO casbin_rule (ptype, v0, v1, v2, v3, v4, granted_by, granted_at, expires_at)
		SELECT $1, a, b, c, d, e, $7, $8, $9 FROM unnest($2::text[], $3::text[], $4::text[], $5::text[], $6::text[]) AS r (a, b, c, d, e)
		ON CONFLICT DO NOTHING`,
		ptype, columns[0], columns[1], columns[2], columns[3], columns[4], a.by, a.now, endOf(a.until))
	if err != nil {
		return fmt.Errorf("write policy: %w", err)
	}
	return nil
}

func endOf(until time.Time) *time.Time {
	if until.IsZero() {
		return nil
	}
	return &until
}

// RemovePolicy deletes one rule.
func (a *adapter) RemovePolicy(sec, ptype string, rule []string) error {
	return a.RemoveFilteredPolicy(sec, ptype, 0, rule...)
}

// RemovePolicies deletes many rules.
func (a *adapter) RemovePolicies(sec, ptype string, rules [][]string) error {
	for _, rule := range rules {
		if err := a.RemovePolicy(sec, ptype, rule); err != nil {
			return err
		}
	}
	return nil
}

// RemoveFilteredPolicy deletes the rules whose values match; an empty value matches any.
func (a *adapter) RemoveFilteredPolicy(_, ptype string, first int, values ...string) error {
	args := []any{ptype}
	where := []string{"ptype = $1"}
	for i, value := range values {
		if value != "" {
			args = append(args, value)
			where = append(where, fmt.Sprintf("v%d = $%d", first+i, len(args)))
		}
	}
	if len(args) == 1 {
		return errors.New("refused to delete the whole policy")
	}
	if _, err := a.q.Exec(a.ctx, `DELETE FROM casbin_rule WHERE `+strings.Join(where, " AND "), args...); err != nil {
		return fmt.Errorf("delete policy: %w", err)
	}
	return nil
}
