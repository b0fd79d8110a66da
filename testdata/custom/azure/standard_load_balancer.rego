# METADATA
# title: Cluster does not ask for a Standard load balancer
# description: We write loadBalancerSku out, so that no change of a default moves a cluster.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/aks/load-balancer-standard
# custom:
#   severity: warning
#   targets: [Microsoft.ContainerService/managedClusters]
#   remediation: "Set networkProfile.loadBalancerSku to standard."
package aksnetlint.rules["standard-load-balancer"]

deny contains {"path": ["properties", "networkProfile", "loadBalancerSku"], "message": message} if {
	sku := object.get(input.resource.properties.networkProfile, "loadBalancerSku", "not set")
	lower(sku) != "standard"
	message := sprintf("loadBalancerSku is %s, want standard", [sku])
}
