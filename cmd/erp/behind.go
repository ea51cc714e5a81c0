package main

import (
	"context"

	adminmodule "erp/internal/platform/admin/module"
	"erp/internal/platform/audit"
	"erp/internal/platform/auth"
	"erp/internal/platform/config"
	"erp/internal/platform/rpc"
	"erp/internal/platform/saga"
)

// behind is what the console looks at: the audit trail and the background work of every module, wherever it is.
func (h *house) behind() (trails []adminmodule.AuditSource, queues []adminmodule.Queue) {
	for _, module := range config.Modules() {
		b := h.lookBehind(module)
		trails = append(trails, adminmodule.AuditSource{Module: module, List: b.Audit})
		queues = append(queues, adminmodule.Queue{Module: module, Jobs: b.Jobs})
	}
	return trails, queues
}

func (h *house) lookBehind(module string) rpc.Behind {
	if !h.cfg.Hosts(module) {
		return rpc.NewBehind(h.neighbours.links[module])
	}
	db := h.databases[module]
	return rpc.Behind{Module: module, Jobs: h.queues[module].Console(), Audit: func(ctx context.Context, q audit.Query) ([]audit.Row, error) {
		return audit.List(ctx, db, q)
	}}
}

// processes are those of several steps that the console shows, of every module that has some, wherever it is.
func (h *house) processes() []adminmodule.ProcessSource {
	var out []adminmodule.ProcessSource
	for _, one := range []struct {
		module string
		engine *saga.Engine
	}{{"employee", h.employees.Processes()}, {"invoice", h.invoices.Processes()}} {
		source := adminmodule.ProcessSource{Module: one.module}
		switch {
		case h.cfg.Hosts(one.module):
			source.Processes = one.engine.Console()
		case h.cfg.Hosts(auth.Console):
			source.Processes = rpc.NewProcesses(h.neighbours.links[one.module])
		default:
			continue
		}
		out = append(out, source)
	}
	return out
}

// hostedProcesses are those of the modules hosted here, for the console in another process.
func (h *house) hostedProcesses() map[string]saga.Console {
	hosted := map[string]saga.Console{}
	for _, source := range h.processes() {
		if h.cfg.Hosts(source.Module) {
			hosted[source.Module] = source.Processes
		}
	}
	return hosted
}
