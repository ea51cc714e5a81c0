package rbac

import (
	"context"
	"fmt"
	"log/slog"
	"sync"
	"sync/atomic"
	"time"

	"github.com/casbin/casbin/v3"
	"github.com/jackc/pgx/v5"

	"erp/internal/platform/database"
)

// Policy is who may do what in this company: kept as rules in the platform's schema, decided from a compiled snapshot.
// Every replica has its own; a change reaches the others by NOTIFY, and by version when a NOTIFY was lost.
type Policy struct {
	db       *database.DB
	declared []Permission
	byCode   map[string]Permission
	now      func() time.Time
	current  atomic.Pointer[Snapshot]
	loading  sync.Mutex
}

// New returns the policy over the permissions that the modules declare. It refuses a code declared twice and a default
// that the permission does not permit.
func New(db *database.DB, permissions []Permission, now func() time.Time) (*Policy, error) {
	p := &Policy{db: db, now: now, declared: permissions, byCode: make(map[string]Permission, len(permissions))}
	for _, permission := range permissions {
		if _, twice := p.byCode[permission.Code]; twice {
			return nil, fmt.Errorf("permission %s is declared twice", permission.Code)
		}
		if object, act := split(permission.Code); object == "" || act == "" {
			return nil, fmt.Errorf("permission %q is not of the form object:act", permission.Code)
		}
		for role, scope := range permission.Default {
			if scope != None && !permission.Permits(scope) {
				return nil, fmt.Errorf("permission %s does not permit the default %s of role %s", permission.Code, scope, role)
			}
		}
		p.byCode[permission.Code] = permission
	}
	p.current.Store(&Snapshot{})
	return p, nil
}

// Permissions lists what the modules declare, in their order.
func (p *Policy) Permissions() []Permission { return p.declared }

// Permission finds a declared permission by its code.
func (p *Policy) Permission(code string) (Permission, bool) {
	permission, ok := p.byCode[code]
	return permission, ok
}

// Snapshot is the policy as this replica knows it, at this moment: a role whose time is over counts no more.
func (p *Policy) Snapshot() *Snapshot {
	current := p.current.Load()
	if current.ends.IsZero() {
		return current
	}
	later := current.At(p.now())
	if later != current {
		p.current.CompareAndSwap(current, later)
	}
	return later
}

// Rights is what the person may do, as this replica knows it.
func (p *Policy) Rights(person Person) *Rights { return p.Snapshot().Rights(person) }

// Start brings the built-in roles up to date with what the modules declare, and loads the policy.
func (p *Policy) Start(ctx context.Context) error {
	err := p.db.Tx(ctx, func(ctx context.Context, tx *database.Tx) error { return p.seed(ctx, tx) })
	if err != nil {
		return fmt.Errorf("seed built-in roles: %w", err)
	}
	return p.AtLeast(ctx, p.Snapshot().version+1)
}

// AtLeast loads the policy unless this replica knows the version already. Whoever read the version together with a
// session decides by a policy that is no older than the session.
func (p *Policy) AtLeast(ctx context.Context, version int64) error {
	if p.Snapshot().version >= version {
		return nil
	}
	p.loading.Lock()
	defer p.loading.Unlock()
	if p.Snapshot().version >= version {
		return nil
	}
	conn, err := p.db.Pool().Acquire(ctx)
	if err != nil {
		return database.Fault(err)
	}
	defer conn.Release()
	// One snapshot of the database, so that the version belongs to the rules.
	tx, err := conn.BeginTx(ctx, pgx.TxOptions{IsoLevel: pgx.RepeatableRead, AccessMode: pgx.ReadOnly})
	if err != nil {
		return database.Fault(err)
	}
	defer tx.Rollback(ctx) //nolint:errcheck // because it only read
	var now int64
	if err := tx.QueryRow(ctx, `SELECT version FROM policy_version`).Scan(&now); err != nil {
		return fmt.Errorf("read policy version: %w", database.Fault(err))
	}
	rules := &adapter{ctx: ctx, q: tx, now: p.now()}
	enforcer, err := newEnforcer(rules)
	if err != nil {
		return database.Fault(err)
	}
	snapshot, err := compileFrom(now, enforcer, rules)
	if err != nil {
		return err
	}
	p.offer(snapshot)
	return nil
}

func compileFrom(version int64, enforcer *casbin.Enforcer, rules *adapter) (*Snapshot, error) {
	policies, err := enforcer.GetPolicy()
	if err != nil {
		return nil, fmt.Errorf("read policy: %w", err)
	}
	pairs, err := enforcer.GetGroupingPolicy()
	if err != nil {
		return nil, fmt.Errorf("read policy: %w", err)
	}
	book := ruleBook{policies: policies, groupings: make([]grouping, len(pairs))}
	for i, pair := range pairs {
		book.groupings[i] = grouping{child: pair[0], parent: pair[1], until: rules.ends[[2]string{pair[0], pair[1]}]}
	}
	return book.compile(version, rules.now), nil
}

// offer makes the snapshot the current one unless a later one is there already.
func (p *Policy) offer(snapshot *Snapshot) {
	for {
		current := p.current.Load()
		if current.version > snapshot.version || p.current.CompareAndSwap(current, snapshot) {
			return
		}
	}
}

const (
	channel      = "erp_policy"
	checkVersion = 15 * time.Second
	reconnect    = time.Second
)

// Watch follows changes made by other replicas until ctx ends.
func (p *Policy) Watch(ctx context.Context) {
	for ctx.Err() == nil {
		if err := p.listen(ctx); err != nil && ctx.Err() == nil {
			slog.WarnContext(ctx, "lost the policy's change feed, connecting again", "error", err)
			select {
			case <-ctx.Done():
			case <-time.After(reconnect):
			}
		}
	}
}

func (p *Policy) listen(ctx context.Context) error {
	pooled, err := p.db.Pool().Acquire(ctx)
	if err != nil {
		return fmt.Errorf("connect: %w", err)
	}
	conn := pooled.Hijack() // it listens for as long as it lives, so it never goes back
	defer conn.Close(context.WithoutCancel(ctx))
	if _, err := conn.Exec(ctx, `LISTEN `+channel); err != nil {
		return fmt.Errorf("listen: %w", err)
	}
	for ctx.Err() == nil {
		var now int64
		if err := conn.QueryRow(ctx, `SELECT version FROM policy_version`).Scan(&now); err != nil {
			return fmt.Errorf("compare version: %w", err)
		}
		if err := p.AtLeast(ctx, now); err != nil {
			return fmt.Errorf("reload: %w", err)
		}
		waiting, cancel := context.WithTimeout(ctx, checkVersion)
		_, err := conn.WaitForNotification(waiting)
		expired := waiting.Err() != nil
		cancel()
		if err != nil && !expired {
			return fmt.Errorf("wait: %w", err)
		}
	}
	return nil
}
