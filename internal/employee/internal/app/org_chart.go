package app

import (
	"context"

	"erp/internal/employee"
	"erp/internal/employee/internal/domain"
	"erp/internal/employee/internal/store"
	"erp/internal/platform/date"
)

// OrgChart is a part of the organisation chart, level by level from the top.
type OrgChart struct {
	Day       date.Date `json:"day"`
	Nodes     []Node    `json:"nodes"`
	Truncated bool      `json:"truncated,omitempty" doc:"True when there are more people than one answer holds; ask below one of them"`
}

// Bounds of one answer.
const (
	chartNodes = 1000
	chartDepth = 3
)

// OrgChart answers from a root down, depth levels below it; from the top of the company when the root is zero. Whoever
// may see a part of the company only sees the chart from themselves down.
func (a *App) OrgChart(ctx context.Context, root employee.ID, depth int, asOf date.Date) (OrgChart, error) {
	if err := a.CatchUp(ctx); err != nil {
		return OrgChart{}, err
	}
	c := store.Chart{Root: root, Depth: depth, Day: asOf, Today: a.today(), Reach: reach(ctx, CanRead), Limit: chartNodes}
	if c.Day.IsZero() {
		c.Day = c.Today
	}
	if c.Depth == 0 {
		c.Depth = chartDepth
	}
	if c.Root.IsZero() && c.Reach.Breadth != domain.Everybody {
		c.Root = c.Reach.Caller
	}
	if c.Reach.Breadth == domain.Self {
		c.Depth = 0
	}
	nodes, err := store.Nodes(a.db.Read(ctx), c)
	if err != nil {
		return OrgChart{}, err
	}
	if len(nodes) == 0 && !root.IsZero() {
		return OrgChart{}, store.Unknown()
	}
	chart := OrgChart{Day: c.Day, Nodes: nodes}
	if len(nodes) > chartNodes {
		chart.Nodes, chart.Truncated = nodes[:chartNodes], true
	}
	return chart, nil
}
