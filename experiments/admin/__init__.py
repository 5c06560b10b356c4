from experiments.admin import pages as pages
