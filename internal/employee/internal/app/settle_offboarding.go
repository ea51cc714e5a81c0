package app

import (
	"context"
	"fmt"
	"slices"
	"time"

	"erp/internal/employee"
	"erp/internal/employee/internal/store"
	"erp/internal/platform/fault"
)

// SettleInput says what becomes of things that a leaver holds.
type SettleInput struct {
	Items []SettleItem `json:"items" minItems:"1" maxItems:"200"`
}

// SettleItem is what becomes of one of them.
type SettleItem struct {
	Kind string          `json:"kind" maxLength:"50" doc:"As it is listed" example:"asset"`
	ID   string          `json:"id" maxLength:"50" doc:"As it is listed"`
	How  employee.Choice `json:"how" enum:"return,hand-over,lost" doc:"One of its choices"`
	ToID employee.ID     `json:"toId,omitzero" doc:"Who gets it, when it is handed over"`
	Note string          `json:"note,omitempty" maxLength:"500"`
}

// openList is what a leaver still has to settle, and the steps whose module did not say.
type openList struct {
	items   []employee.OpenItem
	from    []int // the step that an item comes from, by its place
	unknown []string
}

// openItems asks every module; one that does not answer in time leaves its part unknown.
func (a *App) openItems(ctx context.Context, leaver employee.ID) openList {
	var list openList
	for i, step := range a.steps {
		if step.Open == nil {
			continue
		}
		items, err := openWith(ctx, step, leaver)
		if err != nil {
			list.unknown = append(list.unknown, step.Name)
			continue
		}
		for _, item := range items {
			list.items, list.from = append(list.items, item), append(list.from, i)
		}
	}
	return list
}

func openWith(ctx context.Context, step employee.OffboardingStep, leaver employee.ID) ([]employee.OpenItem, error) {
	ctx, cancel := context.WithTimeout(ctx, 2*time.Second)
	defer cancel()
	return step.Open(ctx, leaver)
}

// SettleOffboarding settles what a leaver holds: those of one module all or none. What is left stays open.
func (a *App) SettleOffboarding(ctx context.Context, leaver employee.ID, in SettleInput) (Offboarding, error) {
	if err := a.mayOffboard(ctx, leaver); err != nil {
		return Offboarding{}, err
	}
	o, err := store.LastOffboarding(a.db.Read(ctx), leaver)
	switch {
	case err != nil:
		return Offboarding{}, err
	case !o.Open() || !o.Blocking:
		return Offboarding{}, fault.New(fault.Conflict, "no-case", "Nothing is being settled here: begin an end that waits until everything is settled.")
	}
	open := a.openItems(ctx, leaver)
	if len(open.unknown) > 0 {
		return Offboarding{}, fault.New(fault.Unavailable, "open-unknown", "Not everybody says at this moment what is open; try again shortly.").After(5 * time.Second)
	}
	byStep, err := a.sortSettlements(ctx, leaver, in, open)
	if err == nil {
		err = a.settle(ctx, leaver, byStep)
	}
	if err != nil {
		return Offboarding{}, err
	}
	return a.keptAnswer(ctx, leaver)
}

// settle has each step's settlements done by its module.
func (a *App) settle(ctx context.Context, leaver employee.ID, byStep map[int][]employee.Settlement) error {
	ctx, cancel := context.WithTimeout(ctx, 10*time.Second)
	defer cancel()
	for i, step := range a.steps {
		if len(byStep[i]) == 0 {
			continue
		}
		if err := step.Settle(ctx, leaver, byStep[i]); err != nil {
			return fmt.Errorf("settle with %s: %w", step.Name, err)
		}
	}
	return nil
}

// returnAll settles whatever is open by giving it back.
func (a *App) returnAll(ctx context.Context, leaver employee.ID) error {
	open := a.openItems(ctx, leaver)
	byStep := map[int][]employee.Settlement{}
	for at, item := range open.items {
		if slices.Contains(item.Choices, employee.ChoiceReturn) {
			byStep[open.from[at]] = append(byStep[open.from[at]], employee.Settlement{ItemID: item.ID, How: employee.ChoiceReturn})
		}
	}
	return a.settle(ctx, leaver, byStep)
}

// sortSettlements finds the step of each item, and refuses what is not open, not offered, or goes to nobody.
func (a *App) sortSettlements(ctx context.Context, leaver employee.ID, in SettleInput, open openList) (map[int][]employee.Settlement, error) {
	byStep := map[int][]employee.Settlement{}
	seen := map[int]bool{}
	var p fault.Problems
	for n, item := range in.Items {
		place := fmt.Sprintf("body.items[%d]", n)
		at := slices.IndexFunc(open.items, func(o employee.OpenItem) bool { return o.Kind == item.Kind && o.ID == item.ID })
		switch {
		case at < 0:
			p.Add(place+".id", "is not open here; load the list again")
			continue
		case seen[at]:
			p.Add(place+".id", "is named twice")
			continue
		case !slices.Contains(open.items[at].Choices, item.How):
			p.Add(place+".how", "is no choice for %s", open.items[at].Label)
			continue
		}
		seen[at] = true
		if item.How == employee.ChoiceHandOver {
			if err := a.checkTaker(ctx, &p, place+".toId", leaver, item.ToID); err != nil {
				return nil, err
			}
		}
		byStep[open.from[at]] = append(byStep[open.from[at]], employee.Settlement{ItemID: item.ID, How: item.How, ToID: item.ToID, Note: item.Note})
	}
	return byStep, p.Err()
}

// checkTaker refuses a person who cannot take over what the leaver holds.
func (a *App) checkTaker(ctx context.Context, p *fault.Problems, place string, leaver, taker employee.ID) error {
	if taker.IsZero() {
		p.Add(place, "must name the person who gets it")
		return nil
	}
	e, err := store.Employee(a.db.Read(ctx), taker)
	switch {
	case fault.Is(err, fault.NotFound):
		p.Add(place, "there is no such employee")
	case err != nil:
		return err
	case taker == leaver:
		p.Add(place, "is the person who leaves")
	case e.CheckManager(a.today()) != nil:
		p.Add(place, "%s leaves or has left on %s", e.Label(), e.LeftOn)
	}
	return nil
}
