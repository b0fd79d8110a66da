# METADATA
# title: Object has no owner
# description: Each Service, Ingress and Deployment carries the label owner with the name of a team, so that the on-call engineer knows whom to wake.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/aks/best-practices
# custom:
#   severity: warning
#   targets: [Service, networking.k8s.io/Ingress, apps/Deployment]
#   remediation: "Add the label owner: team-name under metadata.labels."
package aksnetlint.rules["owner-label"]

deny contains {"path": ["metadata", "labels"], "message": message} if {
	not input.resource.metadata.labels.owner
	message := sprintf("%s %s has no label owner", [input.resource.kind, input.resource.metadata.name])
}

deny contains {"path": ["metadata", "labels", "owner"], "message": message} if {
	owner := input.resource.metadata.labels.owner
	not startswith(owner, "team-")
	message := sprintf("the owner %q is no team: names of teams start with team-", [owner])
}
