"""What slurm.conf and slurmdbd.conf of the test cluster say."""

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
# The tests look at all jobs of a run when it is over.
MinJobAge=3600
# The nodes' size is made up: what counts is that SLURM holds jobs to it.
SlurmdParameters=config_overrides
{accounting}
{nodes}
PartitionName=main Nodes=ALL Default=YES MaxTime=UNLIMITED DefMemPerCPU=500
"""

NODE = (
    "NodeName={node} NodeHostname={host} NodeAddr=127.0.0.1 Port={port} "
    "CPUs=8 RealMemory=16000"
)

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
StorageLoc={name}
PidFile={folder}/slurmdbd.pid
CommunicationParameters=NoInAddrAny
"""
