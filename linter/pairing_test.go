package linter

import "testing"

func TestParametersBelongTo(t *testing.T) {
	tests := []struct {
		parameters, template string
		only, want           bool
	}{
		{"deploy.parameters.json", "deploy.json", false, true},
		{"Deploy.Parameters.json", "deploy.json", false, true},
		{"deploy.parameters.prod.json", "deploy.json", false, true},
		{"deploy.prod.parameters.json", "deploy.json", false, true},
		{"deploy.json", "deploy.json", false, true}, // parameters/deploy.json
		{"azuredeploy.parameters.us.json", "azuredeploy.json", false, true},
		{"parameters.json", "main.json", true, true},
		{"parameters.prod.json", "main.json", true, true},
		{"parameters.json", "main.json", false, false},
		{"parameters.main.json", "main.json", false, true},
		{"deploy2.parameters.json", "deploy.json", true, false},
		{"deployment.parameters.json", "deploy.json", false, false},
		{"other.parameters.json", "deploy.json", false, false},
	}
	for _, tt := range tests {
		if got := parametersBelongTo(tt.parameters, tt.template, tt.only); got != tt.want {
			t.Errorf("parametersBelongTo(%q, %q, %v) = %v, want %v", tt.parameters, tt.template, tt.only, got, tt.want)
		}
	}
}
