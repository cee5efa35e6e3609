"""The batch on Spark, under the name by which notebooks and spark-submit know it: see dcrelief.batch.cluster."""

from dcrelief.batch.cluster import assess_frame as assess
from dcrelief.batch.cluster import assess_path, main

__all__ = ["assess", "assess_path", "main"]

if __name__ == "__main__":
    main()
