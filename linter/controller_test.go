package linter_test

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/aksnetlint/aksnetlint/linter"
	"github.com/aksnetlint/aksnetlint/linter/engine"
)

// frontedService is a Service and the frontend that the Azure cloud controller
// gives it.
type frontedService struct {
	ID       string `json:"id"`
	Manifest string `json:"manifest"`
	Oracle   struct {
		Managed  bool `json:"managed_by_ccm"`
		Decision struct {
			Internal bool `json:"is_internal"`
			Ensure   struct {
				Error  string `json:"error"`
				Public bool   `json:"public_frontend"`
			} `json:"ensure"`
		} `json:"decision"`
	} `json:"oracle"`
}

// TestControllerFrontend compares the verdicts on public and internal load
// balancers with the frontends that the real controller makes, in the file that
// AKSNETLINT_ORACLE/controller.jsonl holds.
func TestControllerFrontend(t *testing.T) {
	oracle := os.Getenv("AKSNETLINT_ORACLE")
	if oracle == "" {
		t.Skip("AKSNETLINT_ORACLE is not set")
	}
	rows := readRows[frontedService](t, filepath.Join(oracle, "controller.jsonl"))
	for _, row := range rows {
		t.Run(row.ID, func(t *testing.T) {
			t.Parallel()
			found := judgeManifest(t, row.Manifest)
			public := row.Oracle.Managed && !row.Oracle.Decision.Internal
			if got := has(found, "public-load-balancer", "internal-annotation-value"); got != public {
				t.Errorf("said to be public: %v, the controller decides %v: %v", got, public, found)
			}
			for rule, possible := range frontendVerdicts(row) {
				if has(found, rule) && !possible {
					t.Errorf("%s does not fit what the controller does", rule)
				}
			}
			compareSubnet(t, row, found)
			compareAddress(t, row, found)
		})
	}
	t.Logf("controller: %d Services", len(rows))
}

// frontendVerdicts says which rules may have a finding.
func frontendVerdicts(row frontedService) map[string]bool {
	d := row.Oracle.Decision
	public := row.Oracle.Managed && !d.Internal
	return map[string]bool{
		"internal-subnet-without-internal":     public,
		"foreign-cloud-annotation-only":        public,
		"private-static-ip-on-public-service":  public,
		"public-only-annotation-on-internal":   row.Oracle.Managed && d.Internal,
		"public-static-ip-on-internal-service": row.Oracle.Managed && d.Internal,
		"internal-subnet-not-a-name":           strings.Contains(d.Ensure.Error, "failed to get subnet"),
	}
}

// compareSubnet wants a finding for each subnet annotation that is ignored.
func compareSubnet(t *testing.T, row frontedService, found []linter.Finding) {
	t.Helper()
	ignored := row.Oracle.Decision.Ensure.Public && strings.Contains(row.Manifest, "azure-load-balancer-internal-subnet:")
	if got := has(found, "internal-subnet-without-internal"); ignored && !got {
		t.Error("internal-subnet-without-internal: the controller ignores the subnet, no finding says so")
	}
}

// compareAddress wants an error for each address that Azure cannot read.
func compareAddress(t *testing.T, row frontedService, found []linter.Finding) {
	t.Helper()
	unreadable := strings.Contains(row.Oracle.Decision.Ensure.Error, "InvalidIPAddressFormat")
	got := slices.ContainsFunc(found, func(f linter.Finding) bool {
		return f.Rule == "ip-annotation-family" && f.Severity == engine.Error
	})
	if unreadable && !got {
		t.Error("ip-annotation-family: Azure cannot read the address, no finding says so")
	}
	if got && row.Oracle.Decision.Ensure.Error == "" {
		t.Error("ip-annotation-family: the controller sets the Service up, the linter says that it stops")
	}
}

// has says whether one of the rules has a finding.
func has(found []linter.Finding, rules ...string) bool {
	return slices.ContainsFunc(found, func(f linter.Finding) bool { return slices.Contains(rules, f.Rule) })
}
