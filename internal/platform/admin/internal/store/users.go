// Package store keeps the administration's records in Postgres: every query of the module. It knows no rule and no HTTP.
package store

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"erp/internal/employee"
	"erp/internal/platform/admin"
	"erp/internal/platform/admin/internal/domain"
	"erp/internal/platform/database"
	"erp/internal/platform/fault"
	"erp/internal/platform/page"
)

// Users keeps the accounts.
type Users struct{ DB *database.DB }

func noUser() error {
	return fault.New(fault.NotFound, "no-such-user", "There is no such user.")
}

// ByID loads an account.
func (s Users) ByID(ctx context.Context, user admin.UserID) (domain.User, error) {
	return first(s.DB.Read(ctx).Where("id = ?", user))
}

// ByEmail loads the account with this address, in whatever case.
func (s Users) ByEmail(ctx context.Context, email string) (domain.User, error) {
	return first(s.DB.Read(ctx).Where("lower(email) = lower(?)", strings.TrimSpace(email)))
}

// Lock loads an account for change.
func (s Users) Lock(tx *database.Tx, user admin.UserID) (domain.User, error) {
	return first(tx.Clauses(clause.Locking{Strength: "UPDATE"}).Where("id = ?", user))
}

// LockByEmployee loads the account behind an employee for change.
func (s Users) LockByEmployee(tx *database.Tx, who employee.ID) (domain.User, error) {
	return first(tx.Clauses(clause.Locking{Strength: "UPDATE"}).Where("employee_id = ?", who))
}

// LockByEmail loads the account with this address for change.
func (s Users) LockByEmail(tx *database.Tx, email string) (domain.User, error) {
	return first(tx.Clauses(clause.Locking{Strength: "UPDATE"}).Where("lower(email) = lower(?)", strings.TrimSpace(email)))
}

func first(query *gorm.DB) (domain.User, error) {
	var user domain.User
	err := query.Take(&user).Error
	if errors.Is(err, gorm.ErrRecordNotFound) {
		return domain.User{}, noUser()
	}
	if err != nil {
		return domain.User{}, database.Fault(fmt.Errorf("load user: %w", err))
	}
	return user, nil
}

// Insert adds an account. A taken address or employee is told at its field.
func (s Users) Insert(tx *database.Tx, user *domain.User) error {
	return taken(tx.Create(user).Error)
}

// Update writes the account back and counts its version up.
func (s Users) Update(tx *database.Tx, user *domain.User, now time.Time) error {
	user.Version++
	user.UpdatedAt = now
	return taken(tx.Select("*").Updates(user).Error)
}

func taken(err error) error {
	var p fault.Problems
	switch {
	case err == nil:
		return nil
	case database.IsUnique(err, "user_account_email"):
		p.Add("body.email", "belongs to another user already")
		return p.Err()
	case database.IsUnique(err, "user_account_employee_id_key"):
		p.Add("body.employeeId", "has an account already")
		return p.Err()
	default:
		return fmt.Errorf("write user: %w", err)
	}
}

// CountActive counts those of these people who can sign in, today and for good: somebody invited has no password yet, and
// one that somebody else chose does not wait for ever.
func (s Users) CountActive(tx *database.Tx, users []admin.UserID) (int, error) {
	var n int64
	err := tx.Model(&domain.User{}).Where("status = 'active' AND password_hash <> '' AND NOT must_change AND id = ANY(?)", database.Array(users)).Count(&n).Error
	if err != nil {
		return 0, fmt.Errorf("count users: %w", err)
	}
	return int(n), nil
}

// Names tells the names of people by id.
func (s Users) Names(ctx context.Context, users []admin.UserID) (map[admin.UserID]string, error) {
	var rows []domain.User
	err := s.DB.Read(ctx).Select("id", "name").Where("id = ANY(?)", database.Array(users)).Find(&rows).Error
	if err != nil {
		return nil, database.Fault(fmt.Errorf("name users: %w", err))
	}
	names := make(map[admin.UserID]string, len(rows))
	for _, row := range rows {
		names[row.ID] = row.Name
	}
	return names, nil
}

// UserQuery narrows the list of users; zero fields do not.
type UserQuery struct {
	Q      string
	Status string
	Among  []admin.UserID // only these, unless nil
	Sort   string
	Page   page.Request
}

// userSorts are the columns of each sort; what people see is ordered as people order.
var userSorts = map[string]struct {
	column string
	value  func(domain.User) string
}{
	"name":      {`name COLLATE "und-x-icu"`, func(u domain.User) string { return u.Name }},
	"email":     {`lower(email)`, func(u domain.User) string { return strings.ToLower(u.Email) }},
	"createdAt": {`created_at`, func(u domain.User) string { return u.CreatedAt.UTC().Format(time.RFC3339Nano) }},
}

// List pages through the accounts.
func (s Users) List(ctx context.Context, q UserQuery) (page.Of[domain.User], error) {
	if q.Sort == "" {
		q.Sort = "name"
	}
	field, descending := strings.CutPrefix(q.Sort, "-")
	sort, ok := userSorts[field]
	if !ok {
		var p fault.Problems
		p.Add("query.sort", "must be one of name, email, createdAt, with - in front for descending")
		return page.Of[domain.User]{}, p.Err()
	}
	after, err := page.Decode(q.Page.Cursor, q.Sort, 2)
	if err != nil {
		return page.Of[domain.User]{}, err
	}
	direction, compare := "ASC", ">"
	if descending {
		direction, compare = "DESC", "<"
	}
	filtered := s.filter(ctx, q)
	query := filtered
	if after != nil {
		query = query.Where(fmt.Sprintf("(%s, id) %s (?, ?)", sort.column, compare), after[0], after[1])
	}
	var rows []domain.User
	err = query.Order(fmt.Sprintf("%s %s, id %s", sort.column, direction, direction)).Limit(q.Page.Size() + 1).Find(&rows).Error
	if err != nil {
		return page.Of[domain.User]{}, database.Fault(fmt.Errorf("list users: %w", err))
	}
	cut := page.Cut(rows, q.Page.Size(), func(u domain.User) string { return page.Encode(q.Sort, sort.value(u), u.ID.String()) })
	if q.Page.Count {
		n, err := count(s.filter(ctx, q).Model(&domain.User{}))
		if err != nil {
			return page.Of[domain.User]{}, err
		}
		cut = cut.Counted(n)
	}
	return cut, nil
}

func (s Users) filter(ctx context.Context, q UserQuery) *gorm.DB {
	query := s.DB.Search(ctx)
	if q.Q != "" {
		like := database.Contains(q.Q)
		query = query.Where("(name ILIKE ? OR email ILIKE ?)", like, like)
	}
	if q.Status != "" {
		query = query.Where("status = ?", q.Status)
	}
	if q.Among != nil {
		query = query.Where("id = ANY(?)", database.Array(q.Among))
	}
	return query
}

func count(query *gorm.DB) (int, error) {
	var n int64
	err := query.Session(&gorm.Session{NewDB: true}).Table("(?) AS t", query.Select("1").Limit(page.CountCap+1)).Count(&n).Error
	if err != nil {
		return 0, database.Fault(fmt.Errorf("count: %w", err))
	}
	return int(n), nil
}

// Touch keeps when somebody signed in and a renewed hash. It is no change of the account, so its version stays.
func (s Users) Touch(tx *database.Tx, user *domain.User) error {
	err := tx.Model(user).Select("LastSignInAt", "PasswordHash").UpdateColumns(user).Error
	if err != nil {
		return fmt.Errorf("write user: %w", err)
	}
	return nil
}

// SetPreferences keeps a person's own choices. They are no change of the account, so its version stays.
func (s Users) SetPreferences(tx *database.Tx, user admin.UserID, preferences domain.Preferences) error {
	err := tx.Model(&domain.User{ID: user}).Select("Preferences").UpdateColumns(domain.User{Preferences: preferences}).Error
	if err != nil {
		return fmt.Errorf("write preferences: %w", err)
	}
	return nil
}
