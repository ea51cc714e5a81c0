package main

import (
	"fmt"
	"runtime"
	"strings"
	"time"
)

// measured is what one program needed for one scenario.
type measured struct {
	load
	cpu        time.Duration // of the program
	postgres   time.Duration
	statements float64 // a request
}

// perThousand is CPU seconds of program and Postgres for 1,000 requests.
func (m measured) perThousand() float64 {
	return (m.cpu + m.postgres).Seconds() / float64(m.requests) * 1000
}

// split says which part of the CPU time is Postgres'.
func (m measured) split() string {
	return fmt.Sprintf("%.0f%% Postgres", 100*m.postgres.Seconds()/(m.cpu+m.postgres).Seconds())
}

type result struct {
	scenario       scenario
	product, bare  measured
	withoutCeiling bool
}

func (r result) ratio() float64 { return r.product.perThousand() / r.bare.perThousand() }

func (r result) line() string {
	if r.withoutCeiling {
		return fmt.Sprintf("%7.3f CPU s/1,000 (%s)  %5.1f statements  %6.0f/s", r.product.perThousand(), r.product.split(),
			r.product.statements, r.product.perSecond())
	}
	return fmt.Sprintf("%7.3f CPU s/1,000 (%s)  %5.1f statements  %6.0f/s   bare %7.3f (%s)  %5.1f  %6.0f/s   ratio %.2f (reach %s)",
		r.product.perThousand(), r.product.split(), r.product.statements, r.product.perSecond(),
		r.bare.perThousand(), r.bare.split(), r.bare.statements, r.bare.perSecond(), r.ratio(), r.scenario.reach)
}

// sized are the results over one company.
type sized struct {
	company                company
	results                []result
	idleMemory, peakMemory int
}

func (s sized) find(name string) (result, bool) {
	for _, r := range s.results {
		if r.scenario.name == name {
			return r, true
		}
	}
	return result{}, false
}

type report struct{ sizes []sized }

func (r report) markdown() string {
	var b strings.Builder
	fmt.Fprintf(&b, "# Results\n\nWritten by `make bench` on %d cores with %s. CPU is that of program and Postgres; ",
		runtime.NumCPU(), runtime.Version())
	b.WriteString("\"bare\" is net/http and pgx with the same SQL, event row and audit row, in the same run. " +
		"Compare ratios, and figures of one run only.\n")
	for _, s := range r.sizes {
		fmt.Fprintf(&b, "\n## %s: %s\n\n", s.company.name, s.company)
		b.WriteString("| scenario | CPU s / 1,000 | bare | ratio | reach | statements | bare | requests/s | bare | median, p99 ms |\n")
		b.WriteString("|---|---|---|---|---|---|---|---|---|---|\n")
		for _, m := range s.results {
			b.WriteString(m.row())
		}
		fmt.Fprintf(&b, "\nMemory of the program: %d MiB before the load, %d MiB at most.\n", s.idleMemory, s.peakMemory)
	}
	b.WriteString(r.growth())
	return b.String()
}

func (r result) row() string {
	bare, ratio, reach, bareStatements, bareRate := "-", "-", r.scenario.reach, "-", "-"
	if !r.withoutCeiling {
		bare, ratio = fmt.Sprintf("%.3f", r.bare.perThousand()), fmt.Sprintf("**%.2f**", r.ratio())
		bareStatements, bareRate = fmt.Sprintf("%.1f", r.bare.statements), fmt.Sprintf("%.0f", r.bare.perSecond())
	}
	return fmt.Sprintf("| %s | %.3f | %s | %s | %s | %.1f | %s | %.0f | %s | %.1f, %.1f |\n", r.scenario.name,
		r.product.perThousand(), bare, ratio, reach, r.product.statements, bareStatements, r.product.perSecond(), bareRate,
		milliseconds(r.product.median), milliseconds(r.product.p99))
}

func milliseconds(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }

// growth compares the sizes, so that a cost which grows with the data is seen.
func (r report) growth() string {
	if len(r.sizes) < 2 {
		return ""
	}
	small, large := r.sizes[0], r.sizes[len(r.sizes)-1]
	var b strings.Builder
	fmt.Fprintf(&b, "\n## Growth from %s to %s\n\n| scenario | CPU grows by | statements |\n|---|---|---|\n",
		small.company.name, large.company.name)
	for _, l := range large.results {
		if s, ok := small.find(l.scenario.name); ok {
			fmt.Fprintf(&b, "| %s | %.2fx | %.1f to %.1f |\n", l.scenario.name,
				l.product.perThousand()/s.product.perThousand(), s.product.statements, l.product.statements)
		}
	}
	return b.String()
}
