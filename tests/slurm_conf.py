"""Templates of slurm.conf and slurmdbd.conf for the test cluster."""

CLUSTER = """\
ClusterName=pixels
SlurmctldHost={host}(127.0.0.1)
SlurmctldPort={control}
SlurmUser={user}
SlurmdUser={user}
AuthType=auth/munge
CredType=cred/munge
# A job that is queued anew after a node went down waits for its old credential to end.
AuthInfo=socket={folder}/munge.socket,cred_expire=10
CommunicationParameters=NoInAddrAny,NoCtldInAddrAny
StateSaveLocation={folder}/state
SlurmdSpoolDir={folder}/%n
SlurmctldPidFile={folder}/slurmctld.pid
SlurmdPidFile={folder}/%n.pid
MpiDefault=none
# linuxproc was seen to leave steps behind when a node went down.
ProctrackType=proctrack/pgid
TaskPlugin=task/none
SelectType=select/cons_tres
SelectTypeParameters=CR_Core_Memory
SchedulerType=sched/backfill
SchedulerParameters=bf_interval=1,sched_interval=1,batch_sched_delay=0
JobAcctGatherType=jobacct_gather/linux
JobAcctGatherFrequency=task=1
JobAcctGatherParams=OverMemoryKill
# 2 would undo `state=down` at once.
ReturnToService=1
KillWait=2
SlurmdTimeout=20
# A site's default may be to start no job again; the profile asks for it.
JobRequeue=0
# The tests look at all jobs of a run when it is over.
MinJobAge=3600
# The nodes' size is made up: what counts is that SLURM holds jobs to it.
SlurmdParameters=config_overrides
AccountingStorageType=accounting_storage/slurmdbd
AccountingStorageHost=127.0.0.1
AccountingStoragePort={accounts}
AccountingStoragePass={folder}/munge.socket
NodeName=DEFAULT CPUs=32 RealMemory=64000
NodeName=n1 NodeHostname={host} NodeAddr=127.0.0.1 Port={n1} Weight=2
NodeName=n2 NodeHostname={host} NodeAddr=127.0.0.1 Port={n2} Weight=1
# A job in `spare` starts on n2, the node of lower weight, where it is alone: n2 can go
# down without harm to others.
PartitionName=main Nodes=n1 Default=YES MaxTime=UNLIMITED DefMemPerCPU=500
PartitionName=spare Nodes=n1,n2 MaxTime=UNLIMITED DefMemPerCPU=500
PartitionName=other Nodes=n1 MaxTime=UNLIMITED DefMemPerCPU=500
"""

ACCOUNTS = """\
AuthType=auth/munge
AuthInfo=socket={folder}/munge.socket
DbdHost={host}
DbdAddr=127.0.0.1
DbdPort={accounts}
SlurmUser={user}
StorageType=accounting_storage/mysql
StorageHost=127.0.0.1
StoragePort={database}
StorageUser=slurm
StoragePass={password}
StorageLoc=accounting
PidFile={folder}/slurmdbd.pid
CommunicationParameters=NoInAddrAny
"""
